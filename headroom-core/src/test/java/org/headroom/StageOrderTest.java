package org.headroom;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;

/** Packages are the stages that data flows through; a stage uses only stages before it. */
@AnalyzeClasses(packages = "org.headroom", importOptions = ImportOption.DoNotIncludeTests.class)
class StageOrderTest {
    private static final List<String> STAGES = List.of(
            "input",
            "time",
            "random",
            "work",
            "network",
            "powerflow",
            "similar",
            "mobility",
            "household",
            "dispatch",
            "study");
    private static final List<String> LEAVES = List.of("input", "time", "random", "work");

    @ArchTest
    static final ArchRule a_stage_uses_only_stages_before_it = stageOrder();

    @ArchTest
    static final ArchRule stages_form_no_cycles =
            slices().matching("org.headroom.(*)..").should().beFreeOfCycles();

    private static ArchRule stageOrder() {
        var layers = layeredArchitecture().consideringOnlyDependenciesInLayers();
        for (String stage : STAGES) {
            layers = layers.layer(stage).definedBy("org.headroom." + stage + "..");
        }
        for (String stage : STAGES) {
            if (LEAVES.contains(stage)) {
                layers = layers.whereLayer(stage).mayNotAccessAnyLayer();
            } else {
                layers = layers.whereLayer(stage)
                        .mayOnlyAccessLayers(
                                STAGES.subList(0, STAGES.indexOf(stage)).toArray(String[]::new));
            }
        }
        return layers.withOptionalLayers(true);
    }
}
