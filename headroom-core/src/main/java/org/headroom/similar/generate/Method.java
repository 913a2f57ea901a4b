package org.headroom.similar.generate;

/** How networks are generated. */
public enum Method {
    /**
     * Vertical paths put together, then homes, then lines copied from the most alike real ones: counts are exact by construction
     * and electrics go with topology (design, Sec. 6).
     */
    PATHS,
    /** The paper's bottom-up scheme (Sec. 5.2): degrees, heights, lengths and types by the pmfs of a level, independently. */
    LITERAL;

    /** Name in files and on the command line. */
    public String label() {
        return this == PATHS ? "paths" : "literal";
    }
}
