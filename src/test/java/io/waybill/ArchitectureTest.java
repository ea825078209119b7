package io.waybill;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Holds the arrows of the house: they point down only. Each rule is first seen to fail on a violation planted under {@code
 * io.waybill.planted}.
 */
class ArchitectureTest {
    /** From the top of the house to its floor; rooms of one storey may know each other. */
    private static final List<List<String>> STOREYS = List.of(
            List.of("api", "console", "cli", "ops"),
            List.of("camel", "task"),
            List.of("flow"),
            List.of("ledger", "channel"),
            List.of("rule", "label", "status"),
            List.of("order"));

    private static final String[] CAMEL_ROOMS = {"flow", "camel", "task", "ops"};
    private static final String[] PURE_ROOMS = {"order", "rule", "label", "status"};

    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.waybill");
    private static final JavaClasses PLANTED = new ClassFileImporter().importPackages("io.waybill.planted");

    @TestFactory
    Stream<DynamicTest> theHouseKeepsItsArrows() {
        return rules("io.waybill").entrySet().stream()
                .map(rule -> dynamicTest(
                        rule.getKey(),
                        () -> rule.getValue().allowEmptyShould(true).check(HOUSE)));
    }

    @TestFactory
    Stream<DynamicTest> aPlantedViolationIsSeen() {
        Map<String, ArchRule> rules = rules("io.waybill.planted");
        return Stream.of(
                        "ledger does not look up",
                        "rule does not look up",
                        "order does not look up",
                        "no Camel in api",
                        "order is pure",
                        "status is pure")
                .map(name -> dynamicTest(
                        name, () -> assertThat(rules.get(name).evaluate(PLANTED).hasViolation())
                                .isTrue()));
    }

    @Test
    void whatPointsDownIsFine() {
        assertThat(rules("io.waybill.planted")
                        .get("flow does not look up")
                        .evaluate(PLANTED)
                        .hasViolation())
                .isFalse();
    }

    private static Map<String, ArchRule> rules(String house) {
        Map<String, ArchRule> rules = new TreeMap<>();
        for (int storey = 1; storey < STOREYS.size(); storey++) {
            String[] above = inside(house, above(storey));
            STOREYS.get(storey)
                    .forEach(room -> rules.put(
                            room + " does not look up",
                            noClasses()
                                    .that()
                                    .resideInAnyPackage(inside(house, room))
                                    .should()
                                    .dependOnClassesThat()
                                    .resideInAnyPackage(above)));
        }
        STOREYS.stream()
                .flatMap(List::stream)
                .filter(room -> !List.of(CAMEL_ROOMS).contains(room))
                .forEach(room -> rules.put("no Camel in " + room, without(house, room, "org.apache.camel..")));
        Stream.of(PURE_ROOMS)
                .forEach(room -> rules.put(
                        room + " is pure",
                        without(
                                house,
                                room,
                                "org.springframework..",
                                "java.sql..",
                                "javax.sql..",
                                "org.postgresql..")));
        return rules;
    }

    private static ArchRule without(String house, String room, String... packages) {
        return noClasses()
                .that()
                .resideInAnyPackage(inside(house, room))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packages);
    }

    private static String[] above(int storey) {
        return STOREYS.subList(0, storey).stream().flatMap(List::stream).toArray(String[]::new);
    }

    private static String[] inside(String house, String... rooms) {
        return Stream.of(rooms).map(room -> house + "." + room + "..").toArray(String[]::new);
    }
}
