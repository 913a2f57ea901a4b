package org.headroom.household;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.headroom.random.Purpose;
import org.headroom.random.StudySeed;
import org.headroom.time.DaySteps;
import org.headroom.time.DayType;
import org.headroom.time.Season;

/**
 * The homes of one network: who they are, and what they draw and could feed in on any day.
 *
 * <p>A home is drawn from {@link Purpose#HOME} keyed (network, home); its demand on a day from {@link Purpose#DEMAND} keyed
 * (network, home, season, day); the sky from {@link Purpose#SKY} keyed (network, season, day). Immutable: days may be asked
 * for in any order and from any thread.
 */
public final class Households {
    /** PV sizes and their shares of the homes with PV (design, Sec. 4); the shares sum to .98 and are normalised. */
    private static final double[] PV_KW = {1.0, 1.5, 2.0, 2.5, 3.0, 3.5, 4.0};

    private static final double[] PV_SHARE = {.01, .08, .13, .14, .14, .13, .37};

    private final StudySeed seed;
    private final int network;
    private final HouseholdModel model;
    private final List<Home> homes;
    private final double[] columnShare;

    /**
     * Draws the homes.
     *
     * @param network index of the network within the study
     * @param homeCount number of homes of the network, at least 0
     */
    public Households(StudySeed seed, int network, int homeCount, HouseholdModel model) {
        if (homeCount < 0) {
            throw new IllegalArgumentException("number of homes must be at least 0, but was " + homeCount);
        }
        this.seed = seed;
        this.network = network;
        this.model = model;
        this.columnShare = new double[homeCount];
        List<Home> drawn = new ArrayList<>(homeCount);
        for (int h = 0; h < homeCount; h++) {
            UniformRandomProvider random = seed.stream(Purpose.HOME, network, h);
            // All four are drawn whatever the model asks for, so that one option does not shift another's draws.
            double annual = ZigguratSampler.NormalizedGaussian.of(random).sample();
            double pvOwner = random.nextDouble();
            double pvSize = random.nextDouble();
            columnShare[h] = random.nextDouble();
            drawn.add(new Home(annual_kWh(annual, columnShare[h]), pvOwner < model.pvShare() ? pvSize_kW(pvSize) : 0));
        }
        this.homes = List.copyOf(drawn);
    }

    public int homeCount() {
        return homes.size();
    }

    public Home home(int index) {
        return homes.get(index);
    }

    /** Sum of the homes' photovoltaics, kW. */
    public double pv_kW() {
        return homes.stream().mapToDouble(Home::pv_kW).sum();
    }

    /**
     * The powers of all homes on a day.
     *
     * @param day counted within the season from 0; consecutive numbers are consecutive days to the sky
     */
    public HomesDay day(Season season, DayType type, int day, DaySteps steps) {
        if (day < 0) {
            throw new IllegalArgumentException("day of the season must be at least 0, but was " + day);
        }
        int count = steps.count();
        double[] demand_kW = new double[homes.size() * count];
        double[] ofHome = new double[count];
        for (int h = 0; h < homes.size(); h++) {
            switch (model.demand()) {
                case DemandSource.Typical typical -> typicalDemand(typical, h, season, type, day, ofHome);
                case DemandSource.Measured measured -> {
                    MeasuredProfiles profiles = measured.of(season);
                    profiles.day(column(profiles, columnShare[h]), day, ofHome);
                }
            }
            System.arraycopy(ofHome, 0, demand_kW, h * count, count);
        }

        double[] output_kWPerKWp = new double[count];
        StepMeans.resample(hourlyOutput(season, day), 0, 24, output_kWPerKWp);
        double[] pv_kW = new double[homes.size() * count];
        for (int h = 0; h < homes.size(); h++) {
            double size_kW = homes.get(h).pv_kW();
            for (int t = 0; t < count && size_kW > 0; t++) {
                pv_kW[h * count + t] = size_kW * output_kWPerKWp[t];
            }
        }
        double pf = model.powerFactor();
        return new HomesDay(steps, demand_kW, pv_kW, Math.sqrt(1 - pf * pf) / pf, output_kWPerKWp);
    }

    private void typicalDemand(
            DemandSource.Typical typical, int home, Season season, DayType type, int day, double[] target_kW) {
        double variance = typical.hourlySpread() * typical.hourlySpread();
        // Log-normal with mean 1: variance of the factor is exp(s²) − 1, its lag-1 covariance exp(r s²) − 1.
        double s2 = StrictMath.log1p(variance);
        double r = s2 > 0 ? StrictMath.log1p(typical.hourlyCorrelation() * variance) / s2 : 0;
        double s = Math.sqrt(s2);
        double innovation = Math.sqrt(1 - r * r);
        double scale = homes.get(home).annual_kWh() / LoadShape.ANNUAL_KWH;
        var normal =
                ZigguratSampler.NormalizedGaussian.of(seed.stream(Purpose.DEMAND, network, home, season.index(), day));
        double[] hourly_kW = new double[24];
        double state = normal.sample();
        for (int hour = 0; hour < 24; hour++) {
            hourly_kW[hour] = scale * LoadShape.demand_kW(season, type, hour) * StrictMath.exp(s * state - s2 / 2);
            state = r * state + innovation * normal.sample();
        }
        StepMeans.resample(hourly_kW, 0, 24, target_kW);
    }

    private double[] hourlyOutput(Season season, int day) {
        return switch (model.pv()) {
            case PvSource.Typical typical -> {
                double clearness = new Sky(seed, network, typical).relativeClearness(season, day);
                double[] output_kWPerKWp = new double[24];
                for (int hour = 0; hour < 24; hour++) {
                    output_kWPerKWp[hour] = SolarShape.output_kWPerKWp(season, hour) * clearness;
                }
                yield output_kWPerKWp;
            }
            case PvgisYear year -> {
                // One start a season: days in a row of the study are days in a row of the file.
                int start = seed.stream(Purpose.SKY, network, season.index()).nextInt(year.dayCount(season));
                yield year.hourly_kWPerKWp(season, start + day);
            }
        };
    }

    private double annual_kWh(double normal, double column) {
        return switch (model.demand()) {
            case DemandSource.Typical typical -> {
                double s = typical.annualSpread();
                yield typical.meanAnnual_kWh() * StrictMath.exp(s * normal - s * s / 2);
            }
            case DemandSource.Measured measured -> {
                double sum = 0;
                for (Season season : Season.values()) {
                    MeasuredProfiles profiles = measured.of(season);
                    sum += profiles.mean_kW(column(profiles, column)) * 24 * season.days();
                }
                yield sum;
            }
        };
    }

    private static int column(MeasuredProfiles profiles, double share) {
        return Math.min((int) (share * profiles.profileCount()), profiles.profileCount() - 1);
    }

    private static double pvSize_kW(double probability) {
        double total = 0;
        for (double share : PV_SHARE) {
            total += share;
        }
        double below = 0;
        for (int i = 0; i < PV_KW.length; i++) {
            below += PV_SHARE[i];
            if (probability * total < below) {
                return PV_KW[i];
            }
        }
        return PV_KW[PV_KW.length - 1];
    }
}
