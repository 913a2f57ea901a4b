package org.headroom.similar.generate;

/** What a candidate network must pass, in this order. */
public enum Gate {
    /** Nodes, leaves, height and feeders as asked for; exactly, or within 10 % for the literal scheme. */
    TOPOLOGY("topology"),
    /** Homes in all as asked for, with as many at a node as nodes of its kind have in the input. */
    HOMES("homes"),
    /** No line more loaded than allowed at after-diversity demand. */
    LOADING("loading"),
    /** No voltage lower than allowed at after-diversity demand. */
    VOLTAGE("voltage");

    private final String label;

    Gate(String label) {
        this.label = label;
    }

    /** Name in files and reports. */
    public String label() {
        return label;
    }
}
