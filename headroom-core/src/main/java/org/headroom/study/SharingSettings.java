package org.headroom.study;

/**
 * What a study tells of sharing between homes.
 *
 * @param priceShare where in the spread between sell and buy price the price inside the community lies: 0 the sell price, 1 the
 *     buy price
 * @param decomposeDays days a season on which V-V2V's gain over V2G is taken apart; 0 for none
 * @param boundsDays days a season on which the lowest and the highest peak that ties leave open are found; 0 for none
 */
public record SharingSettings(double priceShare, int decomposeDays, int boundsDays) {
    /** Mid-market, and nothing that costs time. */
    public static final SharingSettings DEFAULT = new SharingSettings(0.5, 0, 0);

    public SharingSettings {
        if (!(priceShare >= 0 && priceShare <= 1)) {
            throw new IllegalArgumentException("sharing.priceShare is %s, expected 0 to 1".formatted(priceShare));
        }
    }
}
