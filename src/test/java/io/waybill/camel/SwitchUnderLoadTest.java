package io.waybill.camel;

import static io.waybill.camel.RoutesFixture.answering;
import static io.waybill.camel.RoutesFixture.files;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.channel.Bundle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SwitchUnderLoadTest {
    private static final int CALLERS = 3;

    /** Broken in different ways: at reading, at starting, by a check of ours, and only when its sources open. */
    private static final List<String> BROKEN = List.of(
            "- route: [",
            "- route:\n    id: \"b\"\n    from:\n      uri: \"direct:b\"\n      steps:\n        - setBodyy: {}\n",
            "- route:\n    id: \"b\"\n    from:\n      uri: \"direct:b\"\n      steps:\n        - bean:\n            ref: \"nobody\"\n",
            "- route:\n    id: \"b\"\n    from:\n      uri: \"direct:b\"\n      steps:\n        - to:\n            uri: \"direct:nowhere\"\n",
            "- route:\n    id: \"b\"\n    from:\n      uri: \"file:/no/such/folder?startingDirectoryMustExist=true&autoCreate=false\"\n      steps:\n        - stop: {}\n");

    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final RoutesFixture routes = new RoutesFixture(java.util.Map.of("gate", new Gate()));

    /** Holds an exchange inside its generation until told. */
    public final class Gate {
        public void pass() throws InterruptedException {
            reached.countDown();
            goOn.await(30, SECONDS);
        }
    }

    @AfterEach
    void close() {
        goOn.countDown();
        routes.close();
    }

    @Test
    void losesNoRequestWhileGenerationsComeAndGo() throws Exception {
        routes.serve(version(0));
        AtomicBoolean switching = new AtomicBoolean(true);
        AtomicInteger newest = new AtomicInteger();
        AtomicLong answered = new AtomicLong();
        Queue<String> wrong = new ConcurrentLinkedQueue<>();
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        List<Future<?>> calls = new ArrayList<>();
        for (int caller = 0; caller < CALLERS; caller++) {
            calls.add(callers.submit(() -> {
                while (switching.get()) {
                    int oldest = newest.get();
                    Exchange exchange = routes.generations.request("direct:version", prepared -> {});
                    answered.incrementAndGet();
                    if (exchange.getException() != null) {
                        wrong.add(exchange.getException().toString());
                    } else if (Integer.parseInt(exchange.getMessage().getBody(String.class)) < oldest) {
                        wrong.add("answered by " + exchange.getMessage().getBody() + " after " + oldest + " served");
                    }
                }
            }));
        }

        List<Duration> cutOvers = new ArrayList<>();
        for (int number = 1; number <= 20; number++) {
            if (number % 2 == 0) {
                cutOvers.add(routes.serve(version(number)).cutOver());
                newest.set(number);
            } else {
                routes.refused(files().with("a.camel.yaml", answering("version", "999"))
                        .with("b.camel.yaml", BROKEN.get(number / 2 % BROKEN.size()))
                        .bundle("broken " + number));
            }
        }
        switching.set(false);
        for (Future<?> call : calls) {
            call.get(30, SECONDS);
        }
        callers.shutdown();

        System.out.printf(
                "%d requests during 10 switches and 10 refusals, cut-over at most %d ms%n",
                answered.get(),
                cutOvers.stream().mapToLong(Duration::toMillis).max().orElseThrow());
        assertThat(wrong).isEmpty();
        assertThat(routes.ask("direct:version")).isEqualTo("20");
    }

    private static Bundle version(int number) {
        return files().with("a.camel.yaml", answering("version", Integer.toString(number)))
                .bundle("version " + number);
    }

    @Test
    void finishesWhatIsUnderWayOnItsOwnGeneration() throws Exception {
        routes.serve(files().with("a.camel.yaml", slow("old")).bundle());
        ExecutorService caller = Executors.newSingleThreadExecutor();
        Future<String> underWay = caller.submit(() -> routes.ask("direct:slow"));
        assertThat(reached.await(10, SECONDS)).isTrue();

        routes.serve(files().with("a.camel.yaml", answering("slow", "new")).bundle());
        routes.serve(files().with("a.camel.yaml", answering("slow", "newest")).bundle());

        assertThat(routes.ask("direct:slow")).isEqualTo("newest");
        assertThat(routes.generations.retiredCount()).isEqualTo(1);
        goOn.countDown();
        assertThat(underWay.get(10, SECONDS)).isEqualTo("old");
        Eventually.holds(() -> routes.generations.retiredCount() == 0);
        caller.shutdown();
    }

    private static String slow(String answer) {
        return answering("slow", answer)
                .replace(
                        "        - setBody:",
                        "        - bean:\n            ref: \"gate\"\n            method: \"pass\"\n        - setBody:");
    }

    @Test
    void closesGenerationsNobodyUses() {
        Stream.of("1", "2", "3", "4")
                .forEach(answer -> routes.serve(
                        files().with("a.camel.yaml", answering("greet", answer)).bundle()));

        Eventually.holds(() -> routes.generations.retiredCount() == 0);
        assertThat(routes.ask("direct:greet")).isEqualTo("4");
    }
}
