package org.headroom.similar.generate;

import org.headroom.similar.measure.Measure;

/** What a candidate network must pass, in this order. */
public enum Gate {
    /** Nodes, leaves, height and feeders as asked for; exactly, or within 10 % for the literal scheme. */
    TOPOLOGY("topology"),
    /** Homes in all as asked for, with as many at a node as nodes of its kind have in the input. */
    HOMES("homes"),
    /** No line more loaded than allowed at after-diversity demand. */
    LOADING("loading"),
    /** No voltage lower than allowed at after-diversity demand. */
    VOLTAGE("voltage"),
    /** As similar to the input as asked for, by {@link Measure#COSINE}. */
    COSINE(Measure.COSINE.label()),
    /** As similar to the input as asked for, by {@link Measure#SPECTRAL}. */
    SPECTRAL(Measure.SPECTRAL.label()),
    /** As similar to the input as asked for, by {@link Measure#EDIT_DISTANCE}. */
    EDIT_DISTANCE(Measure.EDIT_DISTANCE.label());

    private final String label;

    Gate(String label) {
        this.label = label;
    }

    /** The gate of a measure of similarity. */
    static Gate of(Measure measure) {
        return switch (measure) {
            case COSINE -> COSINE;
            case SPECTRAL -> SPECTRAL;
            case EDIT_DISTANCE -> EDIT_DISTANCE;
        };
    }

    /** Name in files and reports. */
    public String label() {
        return label;
    }
}
