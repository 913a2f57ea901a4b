package org.headroom.similar.generate;

import java.util.ArrayList;
import java.util.List;
import org.headroom.similar.NamedNetworks;
import org.headroom.similar.NetworkStatistics;

/**
 * Networks to learn from.
 *
 * @param remarks of each that was read, its name in front
 */
public record LearningInputs(List<NetworkStatistics> statistics, List<String> remarks) {
    public LearningInputs {
        statistics = List.copyOf(statistics);
        remarks = List.copyOf(remarks);
    }

    /**
     * What can be learned from: figures as they are, and those of networks. A network whose transformer is a placeholder, as in
     * OpenDSS, gets one that suits its homes.
     */
    public static LearningInputs of(List<NamedNetworks> named) {
        List<NetworkStatistics> all = new ArrayList<>();
        List<String> remarks = new ArrayList<>();
        for (NamedNetworks one : named) {
            switch (one) {
                case NamedNetworks.Figures figures -> all.addAll(figures.statistics());
                case NamedNetworks.Whole whole -> {
                    NetworkStatistics statistics = NetworkStatistics.of(whole.network());
                    String prefix = statistics.name() + ": ";
                    whole.remarks().forEach(remark -> remarks.add(prefix + remark));
                    if (!whole.ratingKnown()) {
                        statistics = statistics.with(
                                new Transformer.Sized().substation(statistics.substation(), statistics.homes()));
                        remarks.add(
                                "%stransformer of the file is a placeholder; %.0f kVA taken, the smallest standard size above 1.25 times 2.0 kW a home"
                                        .formatted(
                                                prefix, statistics.substation().capacity_kVA()));
                    }
                    all.add(statistics);
                }
            }
        }
        return new LearningInputs(all, remarks);
    }
}
