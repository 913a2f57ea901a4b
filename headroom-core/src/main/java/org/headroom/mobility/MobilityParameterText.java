package org.headroom.mobility;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.headroom.time.Season;

/**
 * Writes a parameter set as YAML with comments, to be read again by {@link MobilityParameterFile}. Numbers are rounded to
 * four significant digits: what is written is what is meant, so a set is measured after it was written and read.
 */
public final class MobilityParameterText {
    private static final MathContext DIGITS = new MathContext(4, RoundingMode.HALF_EVEN);

    private MobilityParameterText() {}

    /**
     * The text of a set.
     *
     * @param about comment at the top, line by line
     */
    public static String of(MobilityParameters set, List<String> about) {
        StringBuilder text = new StringBuilder();
        about.forEach(line -> text.append(line.isEmpty() ? "#" : "# " + line).append('\n'));
        text.append("""
                #
                # Distances are in miles, times in hours, energies in kWh, shares and states of charge (soc, of usable capacity) in 0..1.
                # Copy it (`headroom fleet parameters my.yaml --set %s`), edit the copy and use it (`headroom fleet --parameters my.yaml`).
                # An unknown key is refused.
                format: headroom-mobility/1
                name: %s

                efficiency: %s          # charging efficiency, each way; a mile takes consumption x efficiency from the battery
                burnInWeeks: %d            # weeks simulated and thrown away before the first that counts

                # A driver plugs in on arrival when the state of charge is below the habit's threshold (paper, eq. 1 and Sec. 6.1).
                plugInBelowSoc: { guzzle: %s, graze: %s }
                targetSoc: %s           # state of charge wanted on leaving the charger

                # Charging away from home (Sec. 4.3). A day that would take the battery below the reserve is helped by a charge on the way: the
                # car then arrives with max(reserve, awayTarget - half the day's use). An archetype may have a reserveSoc of its own.
                reserveSoc: %s
                awayTargetSoc: %s
                # Share of days of use whose whole use is charged away: at work, at the shops, on the way.
                awayDayShare: %s
                # true: a grazing driver charges the whole use of some days away, of so many that both habits charge as much at home.
                equalHomeEnergy: %s

                # Factor on the energy of a mile, by season. Weeks of no season, such as those that sets are fitted with, have 1.
                seasonUse: %s

                # Households whose charger is not the one that a study or command asks for, as a list of { share: , rated_kW: }.
                chargers: %s
                # Holidays away with the cars: mean number a year, and days of each. What is charged there is not counted.
                holidays: { perYear: %s, days: %d }

                # What makes a day consistent. Hours drawn against these rules are drawn again (never the distances, which that would bias);
                # after `tries` draws the whole day is drawn anew and counted in the summary.
                travel: { fixed_h: %s, speed_milesPerHour: %s }
                shortestStay_h: %s
                earliestDeparture_h: %s
                latestDeparture_h: %s
                latestReturn_h: %s
                latestPostHomeReturn_h: %s   # above 24: after midnight
                postHome_h: [%s, %s]           # a post-home trip's return is this much, and its driving, after the main trips' return
                tries: %d

                # For each archetype:
                #   capacity_kWh            usable capacity
                #   consumption_kWhPerMile  from the wall
                #   batteries               other sizes of car in the archetype, as a list of { share: , capacity_kWh: , consumption_kWhPerMile: };
                #                           the rest has the two keys above
                #   purposes                distance of one trip: log-normal, capped at the longest, with this mean after the cap and sigma of ln before
                #                           it; longest time away from home on a day ruled by that purpose (work > education > other > shopping)
                #   weekday, weekend        used          share of days on which the car leaves home
                #                           firstPurpose  home row of the transition matrix; sums to 1
                #                           adjacent      rows of the transition matrix; the rest of a row goes home
                #                           postHome      round trip after the main trips; the rest stays at home
                #                           departure_h, return_h   hours by ruling purpose, as a list of normals: share, mean, sd
                # A key left out of `weekend` is the weekday's.
                archetypes:
                """.formatted(
                        set.name(),
                        set.name(),
                        number(set.efficiency()),
                        set.burnInWeeks(),
                        number(set.plugInBelowSoc(Habit.GUZZLE)),
                        number(set.plugInBelowSoc(Habit.GRAZE)),
                        number(set.targetSoc()),
                        number(set.car(Archetype.PRO).reserveSoc()),
                        number(set.awayTargetSoc()),
                        number(set.awayDayShare()),
                        set.equalHomeEnergy(),
                        seasons(set.seasonUse()),
                        chargers(set.chargers()),
                        number(set.holidays().perYear()),
                        set.holidays().days(),
                        number(set.rules().travelFixed_h()),
                        number(set.rules().speed_milesPerHour()),
                        shares(set.rules().shortestStay_h()),
                        number(set.rules().earliestDeparture_h()),
                        number(set.rules().latestDeparture_h()),
                        number(set.rules().latestReturn_h()),
                        number(set.rules().latestPostHomeReturn_h()),
                        number(set.rules().postHomeShortest_h()),
                        number(set.rules().postHomeLongest_h()),
                        set.rules().tries()));
        for (Archetype archetype : List.of(Archetype.PRO, Archetype.RET, Archetype.SHO, Archetype.FAM)) {
            write(text, archetype, set.car(archetype));
        }
        return text.toString();
    }

    private static void write(StringBuilder text, Archetype archetype, CarParameters car) {
        text.append("""

                  # %s
                  %s:
                    capacity_kWh: %s
                    consumption_kWhPerMile: %s
                    batteries: %s
                    reserveSoc: %s
                    purposes:
                """.formatted(
                        about(archetype),
                        archetype.label(),
                        number(car.capacity_kWh()),
                        number(car.consumption_kWhPerMile()),
                        batteries(car.batteries()),
                        number(car.reserveSoc())));
        for (TripPurpose purpose : TripPurpose.values()) {
            PurposeTravel travel = car.travel().get(purpose);
            if (travel != null) {
                text.append("      %s: { mean_miles: %s, sigma: %s, longestTrip_miles: %s, longestAway_h: %s }%n"
                        .formatted(
                                purpose.label(),
                                number(travel.mean_miles()),
                                number(travel.sigma()),
                                number(travel.longestTrip_miles()),
                                number(travel.longestAway_h())));
            }
        }
        write(text, "weekday", car.weekday());
        if (car.weekend().equals(car.weekday()) || car.weekend().usedShare() == 0) {
            text.append("    weekend:\n      used: %s%n"
                    .formatted(number(car.weekend().usedShare())));
        } else {
            write(text, "weekend", car.weekend());
        }
    }

    private static String about(Archetype archetype) {
        return switch (archetype) {
            case PRO -> "One car, working professionals.";
            case RET -> "One car, retired.";
            case SHO -> "The smaller of two cars.";
            case FAM -> "The larger of two cars, for the family.";
        };
    }

    private static void write(StringBuilder text, String days, DayPattern pattern) {
        text.append("    %s:%n".formatted(days));
        text.append("      used: %s%n".formatted(number(pattern.usedShare())));
        text.append("      firstPurpose: %s%n".formatted(sharesToOne(pattern.first())));
        text.append("      adjacent:%n".formatted());
        for (TripPurpose from : TripPurpose.values()) {
            Map<TripPurpose, Double> row = pattern.adjacent().get(from);
            if (row != null) {
                text.append("        %s: %s%n".formatted(from.label(), shares(row)));
            }
        }
        text.append("      postHome: %s%n".formatted(shares(pattern.postHome())));
        write(text, "departure_h", pattern.departure_h());
        write(text, "return_h", pattern.return_h());
    }

    private static void write(StringBuilder text, String key, Map<TripPurpose, HourMixture> hours) {
        text.append("      %s:%n".formatted(key));
        for (TripPurpose purpose : TripPurpose.values()) {
            HourMixture mixture = hours.get(purpose);
            if (mixture != null) {
                StringJoiner normals = new StringJoiner(", ");
                for (HourMixture.Component normal : mixture.components()) {
                    normals.add("{ share: %s, mean: %s, sd: %s }"
                            .formatted(number(normal.share()), number(normal.mean_h()), number(normal.sd_h())));
                }
                text.append("        %s: [ %s ]%n".formatted(purpose.label(), normals));
            }
        }
    }

    private static String shares(Map<TripPurpose, Double> shares) {
        StringJoiner entries = new StringJoiner(", ", "{ ", " }").setEmptyValue("{}");
        for (TripPurpose purpose : TripPurpose.values()) {
            double share = shares.getOrDefault(purpose, 0.0);
            if (share != 0) {
                entries.add(purpose.label() + ": " + number(share));
            }
        }
        return entries.toString();
    }

    /** Shares that sum to 1 also after rounding: the largest takes what the others leave. */
    private static String sharesToOne(Map<TripPurpose, Double> shares) {
        TripPurpose largest = TripPurpose.OTHER;
        BigDecimal rest = BigDecimal.ONE;
        for (TripPurpose purpose : TripPurpose.values()) {
            if (shares.getOrDefault(purpose, 0.0) > shares.getOrDefault(largest, 0.0)) {
                largest = purpose;
            }
        }
        StringJoiner entries = new StringJoiner(", ", "{ ", " }");
        for (TripPurpose purpose : TripPurpose.values()) {
            if (purpose != largest) {
                rest = rest.subtract(new BigDecimal(number(shares.getOrDefault(purpose, 0.0))));
            }
        }
        for (TripPurpose purpose : TripPurpose.values()) {
            double share = shares.getOrDefault(purpose, 0.0);
            if (purpose == largest) {
                entries.add(purpose.label() + ": " + rest.stripTrailingZeros().toPlainString());
            } else if (share != 0) {
                entries.add(purpose.label() + ": " + number(share));
            }
        }
        return entries.toString();
    }

    private static String seasons(Map<Season, Double> factors) {
        StringJoiner entries = new StringJoiner(", ", "{ ", " }");
        for (Season season : Season.values()) {
            entries.add(season.label() + ": " + number(factors.getOrDefault(season, 1.0)));
        }
        return entries.toString();
    }

    private static String chargers(List<ChargerShare> chargers) {
        StringJoiner entries = new StringJoiner(", ", "[ ", " ]").setEmptyValue("[]");
        chargers.forEach(
                of -> entries.add("{ share: %s, rated_kW: %s }".formatted(number(of.share()), number(of.rated_kW()))));
        return entries.toString();
    }

    private static String batteries(List<Battery> batteries) {
        StringJoiner entries = new StringJoiner(", ", "[ ", " ]").setEmptyValue("[]");
        batteries.forEach(of -> entries.add("{ share: %s, capacity_kWh: %s, consumption_kWhPerMile: %s }"
                .formatted(number(of.share()), number(of.capacity_kWh()), number(of.consumption_kWhPerMile()))));
        return entries.toString();
    }

    private static String number(double value) {
        return value == 0
                ? "0"
                : new BigDecimal(value).round(DIGITS).stripTrailingZeros().toPlainString();
    }
}
