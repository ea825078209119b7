package io.waybill.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.order.EventJson;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** What people do to a running server: by the console in a browser, shadow mode, rules applied to orders of the past. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ConsoleIT {
    private static final String RULES =
            """
            overwrites:
              store:
                - { attribute: publish, when: { order.lines.sku: { startsWith: GIFT- } }, then: false, otherwise: true }
            """;
    private static final String DRAFT =
            """
            attributes:
              - { attribute: tags, value: Again }
            """;

    @TempDir
    static Path folder;

    private static FakeStore store;
    private static FakeStore dark;
    private static TestServer server;
    private static @Nullable Browser browser;

    @BeforeAll
    static void start() throws Exception {
        store = new FakeStore(true);
        dark = new FakeStore(true);
        server = TestServer.start(
                folder,
                Map.of(
                        "channels/shop.yaml",
                        "connector: http\ntitle: Shop\nrole: marketplace\n",
                        "channels/store.yaml",
                        channel("Store", "erp", store),
                        "channels/dark.yaml",
                        channel("Dark", "platform", dark),
                        "rules/shop.yaml",
                        RULES,
                        "statuses/store-to-shop.yaml",
                        "from: store\nto: shop\nstatuses: [Shipped]\nmap: { Shipped: shipped }\n"));
        browser = Browser.start(folder.resolve("browser")).orElse(null);
    }

    private static String channel(String title, String role, FakeStore at) {
        return "connector: http\ntitle: " + title + "\nrole: " + role + "\nsettings: { url: \"" + at.url() + "\" }\n";
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
        server.close();
        store.close();
        dark.close();
    }

    @Test
    void aChannelInShadowModeIsSentNothingUntilAPersonPushes() {
        shadow(true);
        long first = received("sh1", "MUG");
        JsonNode withheld = await().atMost(Duration.ofSeconds(40))
                .until(
                        () -> server.get("/api/deliveries?channel=dark&order=" + first)
                                .at("/items/0"),
                        row -> !server.get("/api/deliveries/" + row.path("id").asLong())
                                .path("request")
                                .isNull());

        assertThat(withheld.path("state").asText()).isEqualTo("withheld");
        assertThat(withheld.path("reason").asText()).isEqualTo("shadow");
        JsonNode whole = server.get("/api/deliveries/" + withheld.path("id").asLong());
        assertThat(whole.path("request").asText())
                .startsWith("POST " + dark.url())
                .contains("\"operation\":\"create-order\"", "\"sku\":\"MUG\"");
        assertThat(whole.at("/tries/0/outcome").asText()).isEqualTo("shadow");
        assertThat(server.get("/api/sync-log?number=sh1&channel=dark")
                        .at("/items/0/status")
                        .asText())
                .isEqualTo("skipped");
        assertThat(server.get("/api/channels/dark").path("shadow").asBoolean()).isTrue();

        shadow(false);
        received("sh2", "MUG");
        await().atMost(Duration.ofSeconds(40)).until(() -> dark.orders().size() == 1);
        assertThat(dark.requests())
                .as("what was withheld does not go by itself")
                .allSatisfy(request -> assertThat(
                                request.body().at("/event/order/id").asText())
                        .isNotEqualTo("sh1"));

        server.call("POST", "/api/orders/" + first + "/push", "{\"channels\":[\"dark\"]}");
        await().atMost(Duration.ofSeconds(40)).until(() -> dark.orders().size() == 2);
        assertThat(server.get("/api/deliveries/" + withheld.path("id").asLong())
                        .path("state")
                        .asText())
                .isEqualTo("superseded");
        assertThat(server.get("/api/audit?action=shadow").path("items")).hasSize(2);
    }

    private static Browser browser() {
        Assumptions.assumeTrue(browser != null, "there is no Chromium on the PATH");
        return java.util.Objects.requireNonNull(browser);
    }

    private static Browser loggedIn() {
        Browser page = browser();
        page.open(server.url("/console/login"));
        page.fill("#token", TestServer.TOKEN);
        page.click("main button");
        return page;
    }

    @Test
    void everyPageReadsWellAndFitsAnyScreen() throws Exception {
        long id = received("look-1", "MUG");
        store.next("look-2", FakeStore.Fault.REFUSE);
        long refused = received("look-2", "CUP");
        await().atMost(Duration.ofSeconds(40))
                .until(() -> server.get("/api/deliveries?state=failed&order=" + refused)
                                .path("items")
                                .size()
                        == 1);
        server.webhook("shop", "{\"type\":\"order\",\"order\":{\"id\":\"broken\",\"colour\":1}}");
        await().atMost(Duration.ofSeconds(40))
                .until(() ->
                        server.get("/api/receipts?state=parked").path("items").size() > 0);
        await().atMost(Duration.ofSeconds(40)).until(() -> created("look-1") == 1);
        String delivery = server.get("/api/deliveries?channel=store&order=" + id)
                .at("/items/0/id")
                .asText();
        String entry =
                server.get("/api/sync-log?number=look-2").at("/items/0/id").asText();
        Browser page = loggedIn();
        for (String path : List.of(
                "",
                "/orders",
                "/orders?q=look",
                "/orders/" + id,
                "/orders/" + refused,
                "/deliveries/" + delivery,
                "/issues",
                "/sync-log",
                "/sync-log/" + entry,
                "/channels",
                "/channels/store",
                "/channels/store/check",
                "/statuses",
                "/statuses/store-to-shop?propose=yes",
                "/rules",
                "/deployments",
                "/deployments/"
                        + server.get("/api/deployments").at("/items/0/id").asLong(),
                "/audit",
                "/nowhere")) {
            for (int width : new int[] {1280, 400}) {
                page.size(width, 900);
                page.scheme(width == 400 ? "dark" : "light");
                page.open(server.url("/console" + path));
                picture(page, path, width);
                assertThat(page.run(FAULTS).toString())
                        .as(path + " at " + width)
                        .isEqualTo("[]");
            }
        }
    }

    /** What keeps somebody from reading a page: by keyboard, by ear, on a small screen. */
    private static final String FAULTS =
            """
            (() => {
              const faults = [];
              const root = document.documentElement;
              if (root.scrollWidth > innerWidth) faults.push('wider than the screen: ' + root.scrollWidth);
              if (!root.lang) faults.push('no language');
              if (document.querySelectorAll('main').length !== 1) faults.push('not one main');
              if (document.querySelectorAll('h1').length !== 1) faults.push('not one h1');
              if (!document.querySelector('nav[aria-label]')) faults.push('no navigation');
              document.querySelectorAll('script').forEach(s => faults.push('a script'));
              document.querySelectorAll('input:not([type=hidden]), select, textarea').forEach(f => {
                if (f.labels.length === 0) faults.push('no label: ' + f.outerHTML); });
              document.querySelectorAll('th').forEach(h => { if (!h.scope) faults.push('no scope: ' + h.innerText); });
              document.querySelectorAll('button, a').forEach(b => { if (!b.textContent.trim()) faults.push('no name: ' + b.outerHTML); });
              document.querySelectorAll('form').forEach(f => {
                if (f.method === 'post' && !f.querySelector('input[name=_csrf]')) faults.push('no token: ' + f.action); });
              const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
              if (new Set(ids).size !== ids.length) faults.push('an id twice');
              document.querySelectorAll('time').forEach(t => { if (!t.title) faults.push('no title: ' + t.innerText); });
              return faults;
            })()""";

    private static void picture(Browser page, String path, int width) throws IOException {
        String to = System.getProperty("waybill.pictures", "");
        if (!to.isEmpty()) {
            String name = path.isEmpty() ? "home" : path.substring(1).replaceAll("[^a-z0-9]+", "-");
            Files.write(Path.of(to, name + "-" + width + ".png"), page.picture());
        }
    }

    @Test
    void whatCustomersWriteIsText() {
        long id = received("script-1", "MUG", "<script>document.title='taken'</script>");
        Browser page = loggedIn();
        page.open(server.url("/console/orders/" + id));

        assertThat(page.text("main")).contains("<script>document.title='taken'</script>");
        assertThat(page.run("document.title").asText()).isEqualTo("Order · Waybill");
        page.open(server.url("/console/orders?q=script-1"));
        assertThat(page.text("main"))
                .as("names stand on the order's page only")
                .contains("script-1")
                .doesNotContain("taken");
    }

    @Test
    void aPersonPausesResumesAndRetriesByForms() {
        store.next("retry-1", FakeStore.Fault.REFUSE);
        long id = received("retry-1", "MUG");
        await().atMost(Duration.ofSeconds(40))
                .until(() -> server.get("/api/deliveries?state=failed&order=" + id)
                                .path("items")
                                .size()
                        == 1);
        Browser page = loggedIn();
        page.open(server.url("/console/orders/" + id));
        page.click("form[action$='/retry'] button");

        assertThat(page.text("[role=status]")).contains("is due now");
        await().atMost(Duration.ofSeconds(40)).until(() -> created("retry-1") == 2);

        page.open(server.url("/console/channels/dark"));
        page.clickWithText("Pause");
        assertThat(page.text("[role=status]")).startsWith("Paused");
        assertThat(server.get("/api/channels/dark").path("paused").asBoolean()).isTrue();
        page.clickWithText("Resume");
        assertThat(server.get("/api/channels/dark").path("paused").asBoolean()).isFalse();
        assertThat(server.get("/api/audit?action=pause").at("/items/0/by").asText())
                .isEqualTo("admin");
    }

    @Test
    void aDraftIsTriedAndAppliedByForms() {
        long id = received("form-1", "GIFT-9");
        Browser page = loggedIn();
        page.open(server.url("/console/rules"));
        page.fill("#channel", "shop");
        page.fill("#order", Long.toString(id));
        page.fill("#draft", DRAFT);
        page.clickWithText("Dry run on the order");
        assertThat(page.text("main")).contains("Dry run: nothing was changed", "changes");

        page.fill("#draft", "attributes:\n  - { attribute: tagz, value: a }\n");
        page.clickWithText("Back-test");
        assertThat(page.text("[role=alert]")).contains("rules/shop.yaml:2");

        page.fill("#draft", RULES);
        page.clickWithText("Preview applying it");
        assertThat(page.text("#applied")).contains("orders would change");
    }

    /** Last, since it changes the orders of all others. */
    @Test
    @Order(Integer.MAX_VALUE)
    void aDraftIsAppliedOnceItsCountIsConfirmed() {
        long id = received("form-2", "MUG");
        Browser page = loggedIn();
        page.open(server.url("/console/rules"));
        page.fill("#channel", "shop");
        page.fill("#draft", "attributes:\n  - { attribute: tags, value: ByForm }\n");
        page.clickWithText("Preview applying it");
        assertThat(server.get("/api/orders?tag=ByForm").path("items")).isEmpty();

        page.click("#applied ~ form button, form button[value=apply]");

        assertThat(page.text("main")).contains("orders were changed");
        assertThat(server.get("/api/orders/" + id).path("tags").toString()).contains("ByForm");
    }

    @Test
    void anOrderIsTaggedRepublishedAndCancelledByForms() {
        long id = received("acts-1", "MUG");
        await().atMost(Duration.ofSeconds(40)).until(() -> created("acts-1") == 1);
        Browser page = loggedIn();
        page.open(server.url("/console/orders/" + id));
        page.fill("#tags", "vip, Late");
        page.clickWithText("Give it these tags");
        assertThat(page.text("[role=status]")).isEqualTo("Its tags: vip, Late.");
        assertThat(server.get("/api/orders?tag=Late").path("items")).hasSize(1);

        page.clickWithText("Republish");
        assertThat(page.text("[role=status]")).contains("was read and decided again");

        page.fill("#reason", "sold out");
        page.clickWithText("Cancel what is open");
        assertThat(page.text("[role=status]")).startsWith("Cancelled");
        await().atMost(Duration.ofSeconds(40)).until(() -> store.requests("cancel-order").stream()
                .anyMatch(request -> request.body().at("/event/reason").asText().equals("sold out")));

        page.clickWithText("Push now");
        assertThat(page.text("[role=alert]")).contains("cancelled");
    }

    @Test
    void issuesAreWorkedOffByForms() {
        store.next("worked-1", FakeStore.Fault.REFUSE);
        long id = received("worked-1", "MUG");
        await().atMost(Duration.ofSeconds(40))
                .until(() -> server.get("/api/deliveries?state=failed&order=" + id)
                                .path("items")
                                .size()
                        == 1);
        Browser page = loggedIn();
        for (String deed : List.of("acknowledge", "ignore", "reopen")) {
            page.open(server.url("/console/issues" + (deed.equals("reopen") ? "?state=ignored" : "")));
            page.click("form[action$='/" + deed + "'] button");
            assertThat(page.text("[role=status]")).isEqualTo("Done: " + deed + ".");
        }
        page.open(server.url("/console/issues"));
        page.click("form[action$='/retry'] button");
        assertThat(page.text("[role=status]")).contains("matched", "due now");
        await().atMost(Duration.ofSeconds(40)).until(() -> created("worked-1") == 2);
    }

    @Test
    void anAdminReadsTheFolderAndGoesBackByForms() {
        long served = server.get("/api/deployments").at("/items/0/id").asLong();
        server.edit("rules/shop.yaml", RULES + "# by form\n");
        Browser page = loggedIn();
        page.open(server.url("/console/deployments"));
        page.clickWithText("Read the folder now");
        assertThat(server.get("/api/deployments").at("/items/0/id").asLong()).isEqualTo(served + 1);

        page.click("form[action$='/" + served + "/rollback'] button");
        assertThat(server.get("/api/deployments").at("/items/0/restores").asLong())
                .isEqualTo(served);
        server.edit("rules/shop.yaml", RULES);
        server.call("POST", "/api/deployments/reload", null);
    }

    @Test
    void nobodyComesInWithoutAToken() {
        Browser page = browser();
        page.open(server.url("/console/login"));
        page.fill("#token", "not-a-token");
        page.click("main button");

        assertThat(page.text("[role=alert]")).isEqualTo("There is no such token.");
    }

    @Test
    void theOverviewTellsWhatTheLastEditGotWrong() {
        Browser page = loggedIn();
        server.edit("rules/shop.yaml", "attributes:\n  - { attribute: tagz, value: a }\n");
        server.call("POST", "/api/deployments/reload", null);
        page.open(server.url("/console"));
        assertThat(page.text("section[aria-labelledby=refusal]")).contains("rules/shop.yaml:2", "tagz");

        server.edit("rules/shop.yaml", RULES);
        server.call("POST", "/api/deployments/reload", null);
        page.open(server.url("/console/deployments"));
        assertThat(page.text("h1")).isEqualTo("Deployments");
    }

    @Test
    void theSessionIsGuarded() throws Exception {
        HttpClient http = client();
        HttpResponse<String> login = http.send(page("/console/login").build(), BodyHandlers.ofString());
        assertThat(login.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'", "frame-ancestors 'none'");
        HttpResponse<String> in = entered(http, login, TestServer.VIEWER);
        assertThat(in.statusCode()).isEqualTo(302);
        assertThat(in.headers().firstValue("Set-Cookie").orElse(""))
                .contains("waybill-console=", "HttpOnly", "SameSite=Strict", "Path=/console");
        assertThat(posted(http, "/console/logout", "guessed"))
                .as("a form of another page")
                .isEqualTo(403);
        assertThat(http.send(page("/console/nowhere").build(), BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(404);
        assertThat(client().send(page("/console/orders").build(), BodyHandlers.ofString())
                        .headers()
                        .firstValue("Location")
                        .orElse(""))
                .endsWith("/console/login");
    }

    @Test
    void buttonsAreThereForTheRolesThatMayAndNobodyElseMay() throws Exception {
        HttpClient viewer = client();
        entered(viewer, viewer.send(page("/console/login").build(), BodyHandlers.ofString()), TestServer.VIEWER);
        HttpResponse<String> seen = viewer.send(page("/console/channels/store").build(), BodyHandlers.ofString());
        assertThat(seen.body()).contains("Store").doesNotContain("Pause</button>", "Only watch</button>");
        assertThat(posted(viewer, "/console/channels/store/pause", token(seen))).isEqualTo(403);

        HttpClient operator = client();
        entered(operator, operator.send(page("/console/login").build(), BodyHandlers.ofString()), TestServer.OPERATOR);
        HttpResponse<String> steered =
                operator.send(page("/console/channels/store").build(), BodyHandlers.ofString());
        assertThat(steered.body()).contains("Pause</button>").doesNotContain("Only watch</button>");
        assertThat(posted(operator, "/console/channels/store/shadow", token(steered)))
                .isEqualTo(403);
        assertThat(posted(operator, "/console/deployments/reload", token(steered)))
                .isEqualTo(403);
        assertThat(posted(operator, "/console/channels/store/resume", token(steered)))
                .isEqualTo(302);
    }

    private static HttpClient client() {
        return HttpClient.newBuilder()
                .cookieHandler(new CookieManager())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    private static HttpResponse<String> entered(HttpClient http, HttpResponse<String> login, String token)
            throws Exception {
        return http.send(
                page("/console/login")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString("token=" + token + "&_csrf=" + token(login)))
                        .build(),
                BodyHandlers.ofString());
    }

    private static int posted(HttpClient http, String path, String token) throws Exception {
        return http.send(
                        page(path)
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(BodyPublishers.ofString("_csrf=" + token))
                                .build(),
                        BodyHandlers.ofString())
                .statusCode();
    }

    private static HttpRequest.Builder page(String path) {
        return HttpRequest.newBuilder(URI.create(server.url(path)));
    }

    private static String token(HttpResponse<String> page) {
        Matcher token = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"").matcher(page.body());
        assertThat(token.find()).as(page.body()).isTrue();
        return token.group(1);
    }

    private static void shadow(boolean on) {
        HttpResponse<String> answer = server.call("POST", "/api/channels/dark/shadow", "{\"shadow\":" + on + "}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    @Test
    void rulesAreAppliedToTheOrdersThatWereCountedAndToNoOthers() throws Exception {
        received("ap-mug", "MUG");
        received("ap-gift", "GIFT-1");
        await().atMost(Duration.ofSeconds(40)).until(() -> created("ap-mug") == 1);

        JsonNode preview = applied(null);
        assertThat(preview.path("orders").asLong()).isEqualTo(2);
        assertThat(preview.path("changing").asLong()).isEqualTo(2);
        assertThat(preview.path("applied").asBoolean()).isFalse();
        JsonNode toStore = preview.at("/destinations/0");
        assertThat(toStore.path("channel").asText()).isEqualTo("store");
        assertThat(toStore.path("published").asLong()).as("the gift").isEqualTo(1);
        assertThat(toStore.path("otherwise").asLong())
                .as("the mug, with its tag")
                .isEqualTo(1);

        HttpResponse<String> wrong = apply(1L);
        assertThat(wrong.statusCode()).isEqualTo(409);
        assertThat(TestServer.json(wrong).path("code").asText()).isEqualTo("count-conflict");

        assertThat(applied(2L).path("changed").asLong()).isEqualTo(2);
        await().atMost(Duration.ofSeconds(40)).until(() -> created("ap-gift") == 1 && tagged("ap-mug"));
        assertThat(created("ap-mug")).as("updated, not created again").isEqualTo(1);
        assertThat(applied(null).path("changing").asLong())
                .as("asked again, nothing is left")
                .isZero();
        assertThat(server.get("/api/audit?action=apply-rules").path("items")).hasSize(3);
        assertThat(server.get("/api/orders?tag=Again").path("items")).hasSize(2);

        Path draft = Files.writeString(folder.resolve("shop.yaml"), DRAFT);
        assertThat(cli(draft.toString(), "--destination", "hand")).isEqualTo(2);
        assertThat(cli(draft.toString(), "--destination", "store", "--json")).isEqualTo(0);
        assertThat(cli(draft.toString(), "--expect", "1000000")).isEqualTo(2);
    }

    private static long created(String id) {
        return store.requests("create-order").stream()
                .filter(r -> r.body().at("/event/order/id").asText().equals(id))
                .count();
    }

    private static boolean tagged(String id) {
        return store.orders().stream()
                .anyMatch(o -> o.sourceId().equals(id)
                        && o.order().path("tags").toString().contains("Again"));
    }

    private static JsonNode applied(@Nullable Long expect) {
        HttpResponse<String> answer = apply(expect);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return TestServer.json(answer);
    }

    private static HttpResponse<String> apply(@Nullable Long expect) {
        ObjectNode body = EventJson.MAPPER.createObjectNode();
        body.putObject("rules").put("shop", DRAFT);
        body.putArray("destinations").add("store");
        if (expect != null) {
            body.put("expect", expect);
        }
        return server.call("POST", "/api/rules/apply?q=ap-", body.toString());
    }

    private static int cli(String... more) {
        String[] always = {
            "rules",
            "apply",
            "--port",
            Integer.toString(java.net.URI.create(server.url("/")).getPort()),
            "--admin-token",
            TestServer.TOKEN
        };
        return io.waybill.cli.Cli.run(
                ConsoleIT.class,
                Stream.concat(Stream.of(always), Stream.of(more)).toArray(String[]::new));
    }

    private static long received(String id, String sku) {
        return received(id, sku, "Ada Example");
    }

    private static long received(String id, String sku, String name) {
        server.webhook("shop", order(id, sku, name).toString());
        return await().atMost(Duration.ofSeconds(40))
                .until(
                        () -> server.get("/api/orders?number=" + id)
                                .at("/items/0/id")
                                .asLong(),
                        found -> found > 0);
    }

    private static JsonNode order(String id, String sku, String name) {
        return EventJson.tree(
                """
                {"type":"order","order":{"id":"%s","number":"%s","status":"paid","currency":"USD","placedAt":"2026-11-20T10:11:12Z",
                 "customer":{"name":"%s","email":"ada@example.com"},"tags":["vip"],"note":"Leave at door",
                 "shippingAddress":{"name":"%s","line1":"1 Main St","city":"Austin","region":"TX","postcode":"78701","country":"US"},
                 "lines":[{"id":"1","sku":"%s","title":"Blue mug","quantity":2,"price":"12.50"}],"totals":{"lines":"25.00","total":"25.00"}}}"""
                        .formatted(id, id, name, name, sku)
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
