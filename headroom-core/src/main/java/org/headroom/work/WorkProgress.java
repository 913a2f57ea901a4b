package org.headroom.work;

/** Hears how work comes along, from any of the threads that do it. */
public interface WorkProgress {
    /**
     * A stage of the work begins.
     *
     * @param things what is counted, as in "of 20 travel trials"
     */
    void begin(String things, int total);

    /** One more is done. */
    void advance();
}
