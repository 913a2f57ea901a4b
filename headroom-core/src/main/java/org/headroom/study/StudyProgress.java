package org.headroom.study;

/** Hears how a study comes along. Called from the threads that run it, one call at a time. */
public interface StudyProgress {
    /**
     * Work begins.
     *
     * @param finished trials that were there already
     * @param total trials of the study
     */
    void begin(int finished, int total);

    /** One more trial is finished and kept. */
    void advance();

    /** Something to know at once: a trial that failed, a file that was damaged. One or more sentences. */
    default void note(String text) {}

    /** What the networks finished so far say, in a few words. */
    default void estimate(String text) {}
}
