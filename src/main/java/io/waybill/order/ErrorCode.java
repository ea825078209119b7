package io.waybill.order;

/**
 * A stable name for one way to fail, shared by API answers, logs, metrics and the console.
 * Each feature lists its own in an enum; names are kebab-case and never change once released.
 */
public interface ErrorCode {
    String code();

    ErrorKind kind();
}
