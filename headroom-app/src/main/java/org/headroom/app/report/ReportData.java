package org.headroom.app.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.headroom.study.SharingSummary.HouseholdBill;
import org.headroom.study.StudySummary;
import org.headroom.study.StudySummary.ChargingCurves;
import org.headroom.study.StudySummary.HardestDay;
import org.headroom.study.StudySummary.ModeDifference;
import org.headroom.study.StudySummary.ModeSummary;
import org.headroom.study.StudySummary.ScenarioSummary;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.ser.std.StdSerializer;

/** The data that the page's charts and downloads are made from: the summary as JSON, with the words to show beside it. */
final class ReportData {
    /** Numbers of hardest days in one page: about 3 MB. */
    private static final long MOST_HOURLY = 450_000;

    private static final JsonMapper MAPPER = mapper(value -> value.round(new MathContext(6)));
    private static final JsonMapper HOURLY = mapper(value -> value.setScale(4, RoundingMode.HALF_EVEN));

    private ReportData() {}

    /** JSON that may stand inside a {@code <script>} element: it holds no {@code <}. */
    static String json(StudySummary summary) {
        ObjectNode data = MAPPER.valueToTree(summary);
        data.remove("resolvedStudy");
        data.remove("importRemarks");
        for (int c = 0; c < summary.chargingCurves().size(); c++) {
            ChargingCurves curves = summary.chargingCurves().get(c);
            ObjectNode node = (ObjectNode) data.get("chargingCurves").get(c);
            node.set("mean_kW", MAPPER.valueToTree(curves.mean_kW()));
            node.set("maximum_kW", MAPPER.valueToTree(curves.maximum_kW()));
            node.set("peak_kW", MAPPER.valueToTree(curves.peak_kW()));
        }
        long hourly = 0;
        for (int s = 0; s < summary.scenarios().size(); s++) {
            ObjectNode node = (ObjectNode) data.get("scenarios").get(s);
            node.remove("findHardestDay");
            HardestDay day = summary.scenarios().get(s).findHardestDay();
            hourly += numbers(day);
            if (day != null && hourly <= MOST_HOURLY) {
                node.set("hardestDay", HOURLY.valueToTree(day));
            }
        }
        ObjectNode names = data.putObject("names");
        names.set("modes", names(modes(summary), Names::mode));
        names.set(
                "archetypes",
                names(
                        Stream.concat(
                                summary.chargingCurves().stream().map(ChargingCurves::archetype),
                                summary.sharing().scenarios().stream()
                                        .flatMap(scenario -> scenario.bills().stream())
                                        .map(HouseholdBill::kind)),
                        Names::archetype));
        names.set(
                "scenarios",
                MAPPER.valueToTree(
                        summary.scenarios().stream().map(Names::scenario).toList()));
        names.set("levels", MAPPER.valueToTree(List.of(Names.level(1), Names.level(2), Names.level(3))));
        names.set("metrics", names(metrics(summary), Names::metric));
        return MAPPER.writeValueAsString(data).replace("<", "\\u003c");
    }

    /** Scenarios whose hardest day is left out of the page, since it would grow too large. */
    static List<String> withoutHours(StudySummary summary) {
        List<String> without = new ArrayList<>();
        long hourly = 0;
        for (ScenarioSummary scenario : summary.scenarios()) {
            hourly += numbers(scenario.findHardestDay());
            if (hourly > MOST_HOURLY) {
                without.add(scenario.name());
            }
        }
        return without;
    }

    private static long numbers(@Nullable HardestDay day) {
        return day == null
                ? 0
                : day.modes().stream()
                        .mapToLong(mode -> (long) mode.substationLoading().size()
                                * (1
                                        + mode.lineLoading().size()
                                        + mode.voltage_pu().size()))
                        .sum();
    }

    private static Stream<String> metrics(StudySummary summary) {
        return summary.scenarios().stream()
                .map(ScenarioSummary::differences)
                .flatMap(List::stream)
                .map(ModeDifference::metric);
    }

    private static Stream<String> modes(StudySummary summary) {
        return summary.scenarios().stream()
                .map(ScenarioSummary::modes)
                .flatMap(List::stream)
                .map(ModeSummary::mode);
    }

    private static ObjectNode names(Stream<String> keys, UnaryOperator<String> name) {
        Map<String, String> names = new HashMap<>();
        keys.forEach(key -> names.put(key, name.apply(key)));
        return MAPPER.valueToTree(names);
    }

    private static JsonMapper mapper(UnaryOperator<BigDecimal> rounding) {
        return JsonMapper.builder()
                .addModule(new SimpleModule()
                        .addSerializer(Double.class, new Rounded(rounding))
                        .addSerializer(double.class, new Rounded(rounding)))
                .build();
    }

    /** A number with few digits, which keeps a page of many weeks small; null where there is no number. */
    private static final class Rounded extends StdSerializer<Double> {
        private final UnaryOperator<BigDecimal> rounding;

        Rounded(UnaryOperator<BigDecimal> rounding) {
            super(Double.class);
            this.rounding = rounding;
        }

        @Override
        public void serialize(Double value, JsonGenerator json, SerializationContext context) {
            if (!Double.isFinite(value)) {
                json.writeNull();
                return;
            }
            double rounded = rounding.apply(BigDecimal.valueOf(value)).doubleValue();
            if (rounded == Math.rint(rounded) && Math.abs(rounded) < 1e15) {
                json.writeNumber((long) rounded);
            } else {
                json.writeNumber(rounded);
            }
        }
    }
}
