package io.waybill.channel;

import io.waybill.order.ErrorCode;
import io.waybill.order.ErrorKind;
import java.util.Locale;

/** What can be wrong with the files under {@code routes/}; the code is the constant's name in kebab-case. */
public enum BundleError implements ErrorCode {
    // files
    ROUTES_UNREADABLE,
    FILE_TOO_LARGE,
    NOT_UTF8,
    UNKNOWN_FILE,
    CONTRACT_MISMATCH,
    // YAML
    YAML_SYNTAX,
    YAML_UNSUPPORTED,
    DUPLICATE_KEY,
    UNKNOWN_KEY,
    MISSING_KEY,
    WRONG_TYPE,
    BAD_VALUE,
    // connectors
    UNKNOWN_OPERATION,
    OPERATION_MISSING,
    // channels
    BAD_CHANNEL_NAME,
    DUPLICATE_CHANNEL,
    UNKNOWN_CONNECTOR,
    UNKNOWN_SETTING,
    MISSING_SETTING,
    BAD_SETTING,
    PLAIN_SECRET,
    UNSIGNED_WEBHOOKS,
    SECRET_FORM,
    BAD_REFERENCE,
    VARIABLE_NOT_SET,
    SECRET_FILE_UNREADABLE,
    UNKNOWN_CHANNEL,
    CANNOT_DO,
    BAD_DURATION,
    BAD_CRON,
    BAD_MAPPING,
    MAPPING_MISSING,
    // statuses and rules
    NO_STATUSES,
    // routes
    ROUTE_SHAPE,
    ROUTE_SHORTHAND,
    ROUTE_ID_MISSING,
    ROUTE_ID_DUPLICATE,
    ROUTE_DESCRIPTION_MISSING,
    ROUTE_STEPS_MISSING,
    ROUTE_STEP_ID_MISSING,
    ROUTES_IN_ONE_FILE,
    ROUTE_ERRORS_UNNAMED,
    ROUTE_CONFIGURATION_UNKNOWN,
    ROUTE_TEMPLATE_MISPLACED,
    ROUTE_TRANSACTED,
    SCRIPT_IN_ROUTE,
    DIRECT_WITHOUT_CONSUMER,
    DIRECT_CONSUMED_TWICE,
    HOST_IN_ROUTE,
    SECRET_IN_ROUTE;

    @Override
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public ErrorKind kind() {
        return ErrorKind.DATA;
    }
}
