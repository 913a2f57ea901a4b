package org.headroom.network.format;

/** Nodes that closed switches make one; of those merged, the lowest number stands for all. */
final class NodeMerger {
    private final int[] joint;

    NodeMerger(int nodeCount) {
        this.joint = new int[nodeCount];
        for (int n = 0; n < nodeCount; n++) {
            joint[n] = n;
        }
    }

    void merge(int one, int other) {
        int a = standsFor(one);
        int b = standsFor(other);
        joint[Math.max(a, b)] = Math.min(a, b);
    }

    /** The node that stands for a node, itself where it was not merged. */
    int standsFor(int node) {
        int at = node;
        while (joint[at] != at) {
            joint[at] = joint[joint[at]];
            at = joint[at];
        }
        return at;
    }
}
