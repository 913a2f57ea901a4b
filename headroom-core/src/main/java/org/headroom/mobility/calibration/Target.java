package org.headroom.mobility.calibration;

import java.util.List;
import org.headroom.mobility.TripPurpose;
import org.headroom.time.DayType;

/** One thing a calibration aims at. */
public sealed interface Target {
    /** Whose: ret, pro, sho or fam (a car), two-ev (a household), or fleet (all cars). */
    String of();

    /** Deviation at which the target still counts as met; the loss of the fit is weight × (deviation / within)². */
    double within();

    /** Weight in the fit; 0 for what is measured and reported alone. */
    double weight();

    /** Name in reports, without {@link #of()}. */
    String name();

    /** What was aimed at, as text. */
    String aim();

    /** How far an achieved value is off: 0 on target, below 0 when too low. */
    double deviation(double achieved);

    /** True for what travel alone decides. */
    boolean isOfTravel();

    /**
     * A figure, between two bounds both of which are on target.
     *
     * @param low equal to {@code high} for a single value
     */
    record Figure(String of, Quantity quantity, double low, double high, double within, double weight)
            implements Target {
        @Override
        public String name() {
            return quantity.key();
        }

        @Override
        public String aim() {
            return low == high ? Numbers.shown(low) : Numbers.shown(low) + " to " + Numbers.shown(high);
        }

        @Override
        public double deviation(double achieved) {
            double off = achieved < low ? achieved - low : achieved > high ? achieved - high : 0;
            double scale = quantity.isRelative() ? Math.abs(achieved < low ? low : high) : 1;
            return off / scale;
        }

        @Override
        public boolean isOfTravel() {
            return quantity.isOfTravel();
        }
    }

    /** Mean distance of a trip of one purpose. */
    record MeanMiles(String of, TripPurpose purpose, double value, double within, double weight) implements Target {
        @Override
        public String name() {
            return "meanMiles." + purpose.label();
        }

        @Override
        public String aim() {
            return Numbers.shown(value);
        }

        @Override
        public double deviation(double achieved) {
            return achieved / value - 1;
        }

        @Override
        public boolean isOfTravel() {
            return true;
        }
    }

    /**
     * When trips of one purpose start. Achieved is the overlap of the two histograms: the sum over hours of the smaller share.
     *
     * @param shares share of each hour of the day, 24, summing to 1
     */
    record StartHours(String of, TripPurpose purpose, DayType days, List<Double> shares, double within, double weight)
            implements Target {
        public StartHours {
            shares = List.copyOf(shares);
        }

        @Override
        public String name() {
            return "startHours.%s.%s".formatted(purpose.label(), days.name().toLowerCase(java.util.Locale.ROOT));
        }

        @Override
        public String aim() {
            return "overlap 1";
        }

        @Override
        public double deviation(double achieved) {
            return achieved - 1;
        }

        @Override
        public boolean isOfTravel() {
            return true;
        }
    }

    /** Share of the loss: weight × (deviation / within)². */
    default double loss(double achieved) {
        double off = deviation(achieved) / within();
        return weight() * off * off;
    }

    /** True within the tolerance. */
    default boolean isMet(double achieved) {
        return Math.abs(deviation(achieved)) <= within() * (1 + 1e-9);
    }
}
