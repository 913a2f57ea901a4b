package org.headroom.network;

/**
 * What assets of a low-voltage network cost to replace, and what that is a year: replacement cost × annuity, the paper's
 * Asset_ij and Asset_i (eqs. 38-40). The defaults are typical British figures (design, Sec. 8).
 *
 * @param main_gbpPerM laying a metre of main, above 0
 * @param service_gbpPerM laying a metre of service (a cable rated {@value #SERVICE_A} A or less), above 0
 * @param substation_gbp a substation apart from its rating, at least 0
 * @param substation_gbpPerKVA what each kVA of rating adds to it, at least 0
 * @param life_years years an asset lasts, at least 1
 * @param discountRate rate per year, at least 0
 */
public record AssetCosts(
        double main_gbpPerM,
        double service_gbpPerM,
        double substation_gbp,
        double substation_gbpPerKVA,
        int life_years,
        double discountRate) {
    /** Highest rating of a service, A: the largest cut-out fuse of a house. A cable rated above it is a main. */
    public static final double SERVICE_A = 100;

    public static final AssetCosts BRITISH = new AssetCosts(100, 40, 25_000, 100, 40, 0.05);

    public AssetCosts {
        if (!(main_gbpPerM > 0
                && service_gbpPerM > 0
                && substation_gbp >= 0
                && substation_gbpPerKVA >= 0
                && life_years >= 1
                && discountRate >= 0)) {
            throw new IllegalArgumentException(
                    "asset costs %s GBP/m, %s GBP/m, %s GBP, %s GBP/kVA, %s years, rate %s: expected costs above 0, at least a year and a rate of at least 0"
                            .formatted(
                                    main_gbpPerM,
                                    service_gbpPerM,
                                    substation_gbp,
                                    substation_gbpPerKVA,
                                    life_years,
                                    discountRate));
        }
    }

    /** Share of a sum that is paid every year to pay it off over the asset's life. */
    public double annuity() {
        return discountRate == 0
                ? 1.0 / life_years
                : discountRate / (1 - StrictMath.pow(1 + discountRate, -life_years));
    }

    /** Annualised replacement cost of a line (GBP/year), laid as a service or a main by its rating. */
    public double line_gbpPerYear(double length_m, double rating_A) {
        return length_m * (isService(rating_A) ? service_gbpPerM : main_gbpPerM) * annuity();
    }

    /** Annualised replacement cost of a substation (GBP/year). */
    public double substation_gbpPerYear(double capacity_kVA) {
        return (substation_gbp + substation_gbpPerKVA * capacity_kVA) * annuity();
    }

    /** Whether a cable of this rating is a service. */
    public static boolean isService(double rating_A) {
        return rating_A <= SERVICE_A * (1 + 1e-9); // a rating that went through kVA and back is off by rounding
    }
}
