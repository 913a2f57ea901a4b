package org.headroom.similar.measure;

/** A measure of how similar two networks are. */
public enum Measure {
    /** Cosine between shares of node types that feed one another (order-free counterpart of eq. 41); 1 is alike. */
    COSINE("cosine"),
    /** Distance between the spectra of the Laplacians (counterpart of eq. 42); 0 is alike. */
    SPECTRAL("spectral"),
    /** Cost of turning the nodes of one network into the other's (counterpart of eq. 43); 0 is alike, 2.4 is not at all. */
    EDIT_DISTANCE("edit distance");

    private final String label;

    Measure(String label) {
        this.label = label;
    }

    /** Its name in plain words. */
    public String label() {
        return label;
    }
}
