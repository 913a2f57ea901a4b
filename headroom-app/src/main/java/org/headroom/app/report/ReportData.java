package org.headroom.app.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.headroom.study.StudySummary;
import org.headroom.study.StudySummary.ChargingCurves;
import org.headroom.study.StudySummary.ModeSummary;
import org.headroom.study.StudySummary.ScenarioSummary;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.ser.std.StdSerializer;

/** The data that the page's charts and downloads are made from: the summary as JSON, with the words to show beside it. */
final class ReportData {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new SimpleModule()
                    .addSerializer(Double.class, new SixDigits())
                    .addSerializer(double.class, new SixDigits()))
            .build();

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
        ObjectNode names = data.putObject("names");
        names.set("modes", names(modes(summary), Names::mode));
        names.set(
                "archetypes",
                names(summary.chargingCurves().stream().map(ChargingCurves::archetype), Names::archetype));
        names.set(
                "scenarios",
                MAPPER.valueToTree(
                        summary.scenarios().stream().map(Names::scenario).toList()));
        names.set("levels", MAPPER.valueToTree(List.of(Names.level(1), Names.level(2), Names.level(3))));
        return MAPPER.writeValueAsString(data).replace("<", "\\u003c");
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

    /** A number of six significant digits, which keeps a page of many weeks small; null where there is no number. */
    private static final class SixDigits extends StdSerializer<Double> {
        private static final MathContext DIGITS = new MathContext(6);

        SixDigits() {
            super(Double.class);
        }

        @Override
        public void serialize(Double value, JsonGenerator json, SerializationContext context) {
            if (!Double.isFinite(value)) {
                json.writeNull();
                return;
            }
            double rounded = BigDecimal.valueOf(value).round(DIGITS).doubleValue();
            if (rounded == Math.rint(rounded) && Math.abs(rounded) < 1e15) {
                json.writeNumber((long) rounded);
            } else {
                json.writeNumber(rounded);
            }
        }
    }
}
