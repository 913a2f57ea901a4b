package org.headroom.network.format;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything that was ignored or approximated on its way from a file into the model, or back, in plain words and in order of first
 * mention; the same thing said of many objects stands once, counted.
 */
public record ImportReport(List<Entry> entries) {
    /** The report of a file that was carried over whole. */
    public static final ImportReport NOTHING = new ImportReport(List.of());

    /**
     * One remark.
     *
     * @param count how often it applies, at least 1
     */
    public record Entry(String text, int count) {
        public Entry {
            if (text.isBlank() || count < 1) {
                throw new IllegalArgumentException(
                        "entry '%s' has count %d, expected a text and at least 1".formatted(text, count));
            }
        }

        @Override
        public String toString() {
            return count == 1 ? text : "%s (%d times)".formatted(text, count);
        }
    }

    public ImportReport {
        entries = List.copyOf(entries);
    }

    /** The remarks, one line each. */
    public List<String> lines() {
        return entries.stream().map(Entry::toString).toList();
    }

    public boolean isEmpty() {
        return entries.isEmpty();
    }

    /** This report followed by another. */
    public ImportReport and(ImportReport other) {
        List<Entry> all = new ArrayList<>(entries);
        all.addAll(other.entries);
        return new ImportReport(all);
    }

    /** A report being written while a file is read. */
    public static final class Builder {
        private final Map<String, Integer> counts = new LinkedHashMap<>();

        /** Adds a remark, or counts it when it was made before. */
        public Builder add(String text) {
            counts.merge(text, 1, Integer::sum);
            return this;
        }

        public ImportReport build() {
            return new ImportReport(counts.entrySet().stream()
                    .map(entry -> new Entry(entry.getKey(), entry.getValue()))
                    .toList());
        }
    }
}
