package io.waybill.channel;

import io.waybill.order.OrderPart;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One configured account on a system. Settings hold references to secrets ({@code {{env:…}}}), never the secrets. */
public record Channel(
        String name,
        Connector connector,
        String title,
        Role role,
        Map<String, String> settings,
        @Nullable List<String> destinations,
        Limits limits,
        Map<TaskKind, Task> tasks,
        Push push,
        boolean partial,
        Set<OrderPart> send,
        OrderForm orders,
        LabelForm labels,
        boolean shadow,
        Policies policies) {

    public Channel(
            String name,
            Connector connector,
            String title,
            Role role,
            Map<String, String> settings,
            @Nullable List<String> destinations,
            Limits limits,
            Map<TaskKind, Task> tasks,
            Push push,
            boolean partial,
            Set<OrderPart> send,
            OrderForm orders,
            LabelForm labels,
            boolean shadow) {
        this(
                name,
                connector,
                title,
                role,
                settings,
                destinations,
                limits,
                tasks,
                push,
                partial,
                send,
                orders,
                labels,
                shadow,
                Policies.OFF);
    }

    public Channel {
        settings = Map.copyOf(settings);
        destinations = destinations == null ? null : List.copyOf(destinations);
        tasks = Map.copyOf(tasks);
        send = Set.copyOf(send);
    }

    /** Are orders published to this channel pushed without a person. */
    public enum Push {
        AUTOMATIC,
        MANUAL
    }

    /** @param ratePerSecond requests a second; infinite when not limited */
    public record Limits(double ratePerSecond, int concurrency) {
        public static final Limits DEFAULT = new Limits(Double.POSITIVE_INFINITY, 8);
    }

    /** Exactly one of {@code every} and {@code cron} is set. {@code options} are the task's own, e.g. statuses. */
    public record Task(
            boolean enabled, @Nullable Duration every, @Nullable String cron, Map<String, List<String>> options) {}

    /** How orders look at a destination. */
    public record OrderForm(As as, String prefix, NumberFrom number, Invoice invoice) {
        public static final OrderForm DEFAULT = new OrderForm(As.SALE_ORDER, "", NumberFrom.SOURCE, Invoice.NONE);

        public enum As {
            QUOTATION,
            SALE_ORDER,
            INVOICE
        }

        public enum NumberFrom {
            SOURCE,
            DESTINATION
        }

        public enum Invoice {
            NONE,
            DRAFT,
            POSTED
        }
    }

    /**
     * What costs money or moves stock there, and so is done only where ops say so.
     *
     * @param returns returns are published to it
     * @param refunds so are the amounts given back
     * @param restock what is cancelled or returned is put back into its stock
     */
    public record Policies(boolean returns, boolean refunds, boolean restock) {
        public static final Policies OFF = new Policies(false, false, false);
    }

    /** How labels reach a destination: Base64 unchanged, Base64 of the PDF, or the PDF as a file. */
    public enum LabelForm {
        AS_IS,
        PDF,
        PDF_ATTACHMENT
    }

    /** A capability: the connector has the operation's file and this channel has the settings it needs. */
    public boolean can(Operation operation) {
        return connector.operations().contains(operation)
                && connector.needs(operation).stream().allMatch(this::has);
    }

    /** Written in its file, or with a value of its own when not. */
    private boolean has(String setting) {
        Connector.Setting declared = connector.settings().get(setting);
        return settings.containsKey(setting) || declared != null && declared.otherwise() != null;
    }

    /** True when repeating a request under the same idempotency key is harmless there. */
    public boolean idempotent() {
        return !"false".equals(settings.get("idempotent")) && connector.idempotent();
    }

    /** How long an order just created there may stay invisible to {@code find-order}. */
    public Duration findSettle() {
        String own = settings.get("findSettle");
        return own == null ? connector.findSettle() : Durations.parse(own);
    }
}
