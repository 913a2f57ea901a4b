package org.headroom.study;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.headroom.mobility.ParkingSummary;
import org.headroom.study.CarsSummary.LotUse;
import org.headroom.study.CarsSummary.PublicParkingUse;
import org.headroom.time.Season;
import org.jspecify.annotations.Nullable;

/** Use of public parking lots over a year, from the weeks simulated for each season. */
final class PublicParkingResults {
    private PublicParkingResults() {}

    /** What happens at the lots of all networks, or null where there are none. */
    static @Nullable PublicParkingUse find(
            List<Community> communities, StudySessions sessions, StudyCalendar calendar) {
        List<LotUse> all = new ArrayList<>();
        List<List<LotUse>> byNetwork = new ArrayList<>();
        for (Community community : communities) {
            List<LotUse> lots = new ArrayList<>();
            for (int l = 0; l < community.lots().size(); l++) {
                lots.add(use(community, l, sessions, calendar));
            }
            byNetwork.add(lots);
            all.addAll(lots);
        }
        if (all.isEmpty()) {
            return null;
        }
        return new PublicParkingUse(
                all,
                StudyResults.estimate(byNetwork.stream()
                        .filter(lots -> !lots.isEmpty())
                        .mapToDouble(PublicParkingResults::occupiedShare)
                        .toArray()),
                total(byNetwork, LotUse::reservedPerYear),
                total(byNetwork, LotUse::firstComePerYear),
                total(byNetwork, LotUse::turnedAwayReservedPerYear),
                total(byNetwork, LotUse::turnedAwayPerYear),
                total(byNetwork, LotUse::charged_kWhPerYear),
                total(byNetwork, LotUse::away_kWhPerYear));
    }

    private static Estimate total(List<List<LotUse>> byNetwork, ToDoubleFunction<LotUse> figure) {
        return StudyResults.estimate(byNetwork.stream()
                .mapToDouble(lots -> lots.stream().mapToDouble(figure).sum())
                .toArray());
    }

    /** Over all charging points of a network. */
    private static double occupiedShare(List<LotUse> lots) {
        double occupied = lots.stream()
                .mapToDouble(lot -> lot.occupiedShare() * lot.chargers())
                .sum();
        return occupied / lots.stream().mapToInt(LotUse::chargers).sum();
    }

    private static LotUse use(Community community, int lot, StudySessions sessions, StudyCalendar calendar) {
        ParkingPlan.Lot place = community.lots().get(lot);
        double[] year = new double[7];
        for (Season season : Season.values()) {
            ParkingSummary summary = sessions.lotSummary(community.index(), lot, season);
            double perSeason = season.days() / (7.0 * calendar.weeks());
            year[0] += summary.occupiedShare() * season.days() / 365;
            year[1] += summary.reserved() * perSeason;
            year[2] += summary.firstCome() * perSeason;
            year[3] += summary.turnedAwayReserved() * perSeason;
            year[4] += summary.turnedAway() * perSeason;
            year[5] += summary.charged_kWh() * perSeason;
            year[6] += summary.away_kWh() * perSeason;
        }
        return new LotUse(
                community.index(),
                community.network().node(place.node()).id(),
                place.lot().chargers(),
                place.lot().charger_kW(),
                place.lot().cars(),
                year[0],
                year[1],
                year[2],
                year[3],
                year[4],
                year[5],
                year[6]);
    }
}
