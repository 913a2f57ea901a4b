package org.headroom.similar.validate;

import java.util.List;

/**
 * What real and generated feeders are compared by. None is an input or a target of generation: those are counts of nodes, leaves,
 * feeders and homes, the height, and length, type and homes at a node. All of these follow from how the parts are put together.
 */
public enum Feature {
    HOME_DISTANCE("distance to a home, mean", "m"),
    FARTHEST_HOME("distance to the farthest home", "m"),
    HOME_DISTANCE_SPREAD("distance to a home, sd over mean", ""),
    HOME_RESISTANCE("resistance to a home, mean", "ohm"),
    GREATEST_RESISTANCE("resistance to the farthest home", "ohm"),
    HOME_RESISTANCE_SPREAD("resistance to a home, sd over mean", ""),
    HOME_DEPTH("lines to a home, mean", ""),
    LEAF_DEPTH_SPREAD("lines to a leaf, sd over mean", ""),
    LARGEST_DROP("voltage drop, largest", "%"),
    MEAN_DROP("voltage drop at a home, mean", "%"),
    LOSSES("losses over demand", "%"),
    HIGHEST_LOADING("loading of a line, highest", "%"),
    MEAN_LOADING("loading, mean over metres", "%"),
    BRANCH_DEPTH("depth of branchings over the greatest depth", ""),
    MOST_CHILDREN("most lines that leave a node", ""),
    IMBALANCE("share of homes on the larger side of a branching", ""),
    STRAHLER("Strahler number", ""),
    HOMES_BELOW("homes below a line over all homes, mean", ""),
    HOMES_BELOW_GINI("homes below a line, Gini coefficient", ""),
    SHARED_LENGTH("length above a home over all length, mean", ""),
    OUTER_HOMES("homes beyond half the greatest distance", "%"),
    BETWEEN_HOMES("distance between two homes, mean", "m"),
    CLASS_CHANGES("changes of cable class on the way to a home", ""),
    WIDENING("lines rated above the one before", "%"),
    RATING_CORRELATION("correlation of ln rating and ln homes below", ""),
    LENGTH_CORRELATION("correlation of length and depth", ""),
    LONGEST_RUN("longest run of one cable class over all length", ""),
    MAINS_PER_HOME("metres of main a home", "m"),
    REACTANCE_RATIO("reactance over resistance to the farthest home", "");

    /** All features, in the order of arrays of them. */
    static final List<Feature> ALL = List.of(values());

    private final String label;
    private final String unit;

    Feature(String label, String unit) {
        this.label = label;
        this.unit = unit;
    }

    /** Its place in arrays of all features, which are in the order given here. */
    @SuppressWarnings("EnumOrdinal") // arrays are never kept longer than a run
    int index() {
        return ordinal();
    }

    /** What it is, in plain words. */
    public String label() {
        return label;
    }

    /** Its unit; empty for a plain number. */
    public String unit() {
        return unit;
    }
}
