package org.headroom.mobility.calibration;

/** Hears how a calibration comes along, from the thread that runs it. */
public interface CalibrationProgress {
    /** A stage begins, of so many trials. */
    void begin(String stage, int total);

    /** One more trial is done. */
    void advance();
}
