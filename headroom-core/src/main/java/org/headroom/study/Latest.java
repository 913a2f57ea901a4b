package org.headroom.study;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** Values computed from their keys, the latest kept. What is kept never changes a result, so two threads may compute one twice. */
final class Latest<K, V> {
    private final int most;
    private final Map<K, V> kept = new LinkedHashMap<>(16, 0.75f, true);

    Latest(int most) {
        this.most = most;
    }

    V get(K key, Function<K, V> compute) {
        synchronized (kept) {
            V value = kept.get(key);
            if (value != null) {
                return value;
            }
        }
        V value = compute.apply(key);
        synchronized (kept) {
            kept.put(key, value);
            if (kept.size() > most) {
                kept.remove(kept.keySet().iterator().next());
            }
        }
        return value;
    }
}
