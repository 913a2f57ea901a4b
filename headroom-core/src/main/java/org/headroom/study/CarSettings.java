package org.headroom.study;

import org.headroom.input.Document;

/**
 * What a study says of cars beyond who has them and how they are driven.
 *
 * @param parking public parking lots
 */
public record CarSettings(ParkingPlan parking) {
    public static final CarSettings DEFAULT = new CarSettings(ParkingPlan.DEFAULT);

    /** Reads the keys of a study that are about cars. */
    static CarSettings read(Document study) {
        return new CarSettings(ParkingPlan.read(study.findObject("parking")));
    }
}
