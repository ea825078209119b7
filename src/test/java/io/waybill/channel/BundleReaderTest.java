package io.waybill.channel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.order.OrderPart;
import io.waybill.order.Status;
import io.waybill.rule.RuleSet;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class BundleReaderTest {
    private static final Settings NO_ENVIRONMENT = new Settings(name -> null);

    private final Map<String, byte[]> files = new TreeMap<>();

    @Test
    void readsAChannelWithEveryKey() {
        connector("poll-orders", "create-order");
        put(
                "channels/odoo.yaml",
                """
                connector: toy
                title: Odoo
                role: erp
                settings: { url: "https://odoo.example.com", idempotent: false }
                limits: { rate: 120/m, concurrency: 4 }
                tasks:
                  import-orders: { every: 10m, statuses: [paid], overlap: 5m }
                push: manual
                partial: false
                send: [lines, totals]
                orders: { as: quotation, prefix: "US-", number: destination, invoice: draft }
                labels: { as: pdf-attachment }
                shadow: true
                """);
        Channel channel = bundle().channel("odoo").orElseThrow();
        assertThat(channel.role()).isEqualTo(Role.ERP);
        assertThat(channel.limits()).isEqualTo(new Channel.Limits(2, 4));
        assertThat(channel.tasks().get(TaskKind.IMPORT_ORDERS))
                .isEqualTo(new Channel.Task(
                        true,
                        Duration.ofMinutes(10),
                        null,
                        Map.of("statuses", List.of("paid"), "overlap", List.of("5m"))));
        assertThat(channel.push()).isEqualTo(Channel.Push.MANUAL);
        assertThat(channel.send()).containsExactlyInAnyOrder(OrderPart.LINES, OrderPart.TOTALS);
        assertThat(channel.orders().prefix()).isEqualTo("US-");
        assertThat(channel.labels()).isEqualTo(Channel.LabelForm.PDF_ATTACHMENT);
        assertThat(channel.idempotent()).isFalse();
        assertThat(channel.can(Operation.CREATE_ORDER)).isTrue();
    }

    @Test
    void findsNothingWrongWithTheExamplesOfTheDesign() {
        BundleFiles folder = BundleFiles.only(BundleFiles.of(Path.of("src/test/resources/bundles/valid"), true)
                .own());
        Reading reading = BundleReader.read(
                folder, new Settings(name -> name.endsWith("_URL") ? "https://shop.example.com" : "secret"));
        assertThat(reading.findings()).isEmpty();
        Bundle bundle = Objects.requireNonNull(reading.bundle());
        Channel shopify = bundle.channel("shopify-us").orElseThrow();
        assertThat(bundle.destinationsOf(shopify)).extracting(Channel::name).containsExactly("odoo", "doba");
        assertThat(bundle.rulesOf("shopify-us").destinations()).containsExactly("doba");
        assertThat(shopify.limits()).isEqualTo(new Channel.Limits(4, 4));
    }

    @Test
    void fillsInDefaults() {
        connector("create-order");
        put("channels/shop.yaml", "connector: toy\nrole: marketplace\n");
        Channel channel = bundle().channel("shop").orElseThrow();
        assertThat(channel.title()).isEqualTo("shop");
        assertThat(channel.destinations()).isNull();
        assertThat(channel.limits()).isEqualTo(Channel.Limits.DEFAULT);
        assertThat(channel.send()).isEqualTo(OrderPart.DEFAULT);
        assertThat(channel.orders()).isEqualTo(Channel.OrderForm.DEFAULT);
        assertThat(channel.push()).isEqualTo(Channel.Push.AUTOMATIC);
        assertThat(channel.can(Operation.CREATE_ORDER)).isFalse();
    }

    @Test
    void readsTheShippedConnectors() {
        Reading reading = BundleReader.read(BundleFiles.of(Map.of()), NO_ENVIRONMENT);
        assertThat(reading.errors()).isEmpty();
        assertThat(Objects.requireNonNull(reading.bundle()).connectors()).containsKeys("http", "database", "file");
    }

    @Test
    void tellsTheChannelsOwnMapping() {
        connector("read-event");
        put("channels/shop.yaml", "connector: toy\nrole: marketplace\n");
        put("channels/shop.read-event.jslt", "{\"type\": \"order\"}");
        assertThat(bundle().readEventMapping("shop")).contains("channels/shop.read-event.jslt");
        assertThat(bundle().resource("channels/shop.read-event.jslt")).isPresent();
        assertThat(bundle().readEventMapping("other")).isEmpty();
    }

    @Test
    void compilesTheRulesOfAChannel() {
        connector("create-order");
        put("channels/shop.yaml", "connector: toy\nrole: marketplace\n");
        put("rules/shop.yaml", "attributes: [{ attribute: tags, value: Shop }]\n");
        assertThat(bundle().rulesOf("shop").isEmpty()).isFalse();
        assertThat(bundle().rulesOf("other")).isSameAs(RuleSet.EMPTY);
    }

    @Test
    void readsStatusMappingsAndSkuAliases() {
        connector("create-order");
        put("channels/shop.yaml", "connector: toy\nrole: marketplace\n");
        put("channels/doba.yaml", "connector: toy\nrole: supplier\n");
        put(
                "statuses/doba-shop.yaml",
                """
                from: doba
                to: shop
                itemId: attributes.dobaItem
                statuses: [Shipped]
                map: { Shipped: shipped, Lost: on_hold }
                every: 1h
                """);
        put("skus.yaml", "doba: { MUG: \"D-1\" }\n");
        StatusMapping mapping = Objects.requireNonNull(bundle().statusMappings().get("doba-shop"));
        assertThat(mapping.map()).containsEntry("Shipped", Status.SHIPPED).containsEntry("Lost", Status.ON_HOLD);
        assertThat(mapping.every()).isEqualTo(Duration.ofHours(1));
        assertThat(bundle().skus().at("doba", "MUG")).isEqualTo("D-1");
        assertThat(bundle().skus().at("shop", "MUG")).isEqualTo("MUG");
    }

    @Test
    void refusesARouteWrittenForAnotherContract() {
        connector("create-order");
        put("flow/errors.camel.yaml", "# contract: 7\n- beans: []\n");
        Reading reading = BundleReader.read(BundleFiles.only(files), NO_ENVIRONMENT);
        assertThat(reading.errors()).extracting(Finding::code).containsExactly("contract-mismatch");
    }

    @Test
    void warningsRefuseNothing() {
        put("notes.yaml", "a: b\n");
        Reading reading = BundleReader.read(BundleFiles.only(files), NO_ENVIRONMENT);
        assertThat(reading.findings()).hasSize(1);
        assertThat(reading.bundle()).isNotNull();
    }

    private void connector(String... operations) {
        put(
                "connectors/toy/connector.yaml",
                """
                contract: 1
                name: toy
                title: Toy
                settings:
                  url: { type: url }
                  idempotent: { type: boolean }
                needs: { create-order: [url] }
                """);
        for (String operation : operations) {
            put("connectors/toy/" + operation + ".camel.yaml", "- beans: []\n");
        }
    }

    private void put(String path, String text) {
        files.put(path, text.getBytes(UTF_8));
    }

    private Bundle bundle() {
        Reading reading = BundleReader.read(BundleFiles.only(files), NO_ENVIRONMENT);
        assertThat(reading.errors()).isEmpty();
        return Objects.requireNonNull(reading.bundle());
    }
}
