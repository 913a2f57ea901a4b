package org.headroom.study;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import org.headroom.input.InputException;
import org.jspecify.annotations.Nullable;

/**
 * A file of entries, each appended once, whole, with a checksum, and never changed. Whatever ends the process, the entries written
 * before are there; an entry cut off or damaged is found when the file is opened, and left out.
 *
 * <p>One entry: magic (8 bytes), kind (4), length of its content (4), number (8), study (8: the mark of the study that it belongs to),
 * checksum (4: CRC-32C of the four before it and the content), content; big-endian.
 */
final class TrialLog implements AutoCloseable {
    private static final long MAGIC = 0x6864_726d_2d6c_6f67L; // "hdrm-log"
    private static final int HEADER = 36;
    private static final int LONGEST = 1 << 28;
    private static final int SCAN = 1 << 16;
    private static final long FLUSH_EVERY_NS = 1_000_000_000L;
    /** Kind of what only says that its bytes were damaged once and are to be passed over. */
    private static final int VOID = 0;

    private final Path file;
    private final FileChannel channel;
    private final long study;
    private final List<String> damage = new ArrayList<>();
    private long end;
    private long flushed_ns = System.nanoTime();

    /** Hears of every intact entry of the file, in order. */
    interface Listener {
        /**
         * One entry.
         *
         * @param study mark of the study that it belongs to
         * @throws InputException to refuse the file, which then stays as it is
         */
        void entry(int kind, long number, long study, byte[] content, long position);
    }

    private TrialLog(Path file, FileChannel channel, long study) {
        this.file = file;
        this.channel = channel;
        this.study = study;
    }

    /**
     * Opens a file for this process alone, made where it is absent, and reads it through.
     *
     * @param study the mark that added entries get
     * @throws InputException where another process has it open, or it is no such file
     */
    static TrialLog open(Path file, long study, Listener listener) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            lock(file, channel);
            TrialLog log = new TrialLog(file, channel, study);
            log.scan(listener);
            return log;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static void lock(Path file, FileChannel channel) throws IOException {
        boolean locked;
        try {
            locked = channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            locked = false;
        }
        if (!locked) {
            throw new InputException(
                    file
                            + ": is in use.\nMaybe another run is using the folder: wait for it, or choose another with --out.");
        }
    }

    /** Passes by every entry; the bytes between intact ones are damage, which is mended once all have been seen. */
    private void scan(Listener listener) throws IOException {
        long size = channel.size();
        List<long[]> stretches = new ArrayList<>();
        long position = 0;
        long intactUpTo = 0;
        boolean anyIntact = false;
        while (position < size) {
            Entry entry = findEntry(position, size);
            if (entry == null) {
                position = nextMagic(position + 1, size);
                continue;
            }
            if (position > intactUpTo) {
                stretches.add(new long[] {intactUpTo, position});
            }
            anyIntact = true;
            if (entry.kind != VOID) {
                listener.entry(entry.kind, entry.number, entry.study, entry.content, position);
            }
            position += HEADER + entry.content.length;
            intactUpTo = position;
        }
        if (!anyIntact && !beginsAsOurs(size)) {
            throw InputException.in(file, "is not a file of finished trials.\nMaybe choose another folder with --out.");
        }
        for (long[] stretch : stretches) {
            passOver(stretch[0], stretch[1]);
        }
        if (intactUpTo < size) {
            damage.add(String.format(
                    Locale.ROOT,
                    "%s: the last %d bytes are cut off or damaged and left out; what they held is run again.",
                    file,
                    size - intactUpTo));
            channel.truncate(intactUpTo);
        }
        end = intactUpTo;
    }

    /** True where the file begins with our magic, as far as it goes: what is left of one that was cut off at once. */
    private boolean beginsAsOurs(long size) throws IOException {
        ByteBuffer head = read(0, (int) Math.min(Long.BYTES, size));
        byte[] magic = ByteBuffer.allocate(Long.BYTES).putLong(MAGIC).array();
        for (int i = 0; i < head.limit(); i++) {
            if (head.get(i) != magic[i]) {
                return false;
            }
        }
        return true;
    }

    /** Marks a damaged stretch, so that it is told once; its bytes stay. */
    private void passOver(long from, long to) throws IOException {
        damage.add(String.format(
                Locale.ROOT,
                "%s: bytes %d to %d are damaged and left out; what they held is run again.",
                file,
                from,
                to - 1));
        int length = (int) Math.min(LONGEST, to - from - HEADER);
        if (length >= 0 && from + HEADER + length == to) {
            byte[] content = read(from + HEADER, length).array();
            write(header(new Entry(VOID, 0, study, content)), from);
        }
    }

    private static final class Entry {
        private final int kind;
        private final long number;
        private final long study;
        private final byte[] content;

        Entry(int kind, long number, long study, byte[] content) {
            this.kind = kind;
            this.number = number;
            this.study = study;
            this.content = content;
        }
    }

    /** The intact entry at a place, or null where there is none. */
    private @Nullable Entry findEntry(long position, long size) throws IOException {
        if (position + HEADER > size) {
            return null;
        }
        ByteBuffer header = read(position, HEADER);
        int kind = header.getInt(8);
        int length = header.getInt(12);
        if (header.getLong(0) != MAGIC || length < 0 || length > LONGEST || position + HEADER + length > size) {
            return null;
        }
        byte[] content = read(position + HEADER, length).array();
        Entry entry = new Entry(kind, header.getLong(16), header.getLong(24), content);
        return header.equals(header(entry)) ? entry : null;
    }

    private long nextMagic(long from, long size) throws IOException {
        long position = from;
        while (position + HEADER <= size) {
            ByteBuffer bytes = read(position, (int) Math.min(SCAN, size - position));
            for (int i = 0; i + Long.BYTES <= bytes.limit(); i++) {
                if (bytes.getLong(i) == MAGIC) {
                    return position + i;
                }
            }
            position += Math.max(1, bytes.limit() - Long.BYTES + 1);
        }
        return size;
    }

    private static ByteBuffer header(Entry entry) {
        ByteBuffer header = ByteBuffer.allocate(HEADER)
                .putLong(MAGIC)
                .putInt(entry.kind)
                .putInt(entry.content.length)
                .putLong(entry.number)
                .putLong(entry.study);
        CRC32C checksum = new CRC32C();
        checksum.update(header.array(), Long.BYTES, HEADER - Long.BYTES - Integer.BYTES);
        checksum.update(entry.content);
        return header.putInt((int) checksum.getValue()).flip();
    }

    private ByteBuffer read(long position, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, position + bytes.position()) < 0) {
                throw new IOException(file + ": ends early");
            }
        }
        return bytes.flip();
    }

    private void write(ByteBuffer bytes, long position) throws IOException {
        long at = position;
        while (bytes.hasRemaining()) {
            at += channel.write(bytes, at);
        }
    }

    /** What was damaged when the file was opened, one sentence each. */
    List<String> damage() {
        return List.copyOf(damage);
    }

    boolean isEmpty() {
        return end == 0;
    }

    /**
     * Appends an entry, whole; where that fails, nothing of it stays.
     *
     * @return its place
     */
    synchronized long add(int kind, long number, byte[] content) throws IOException {
        ByteBuffer header = header(new Entry(kind, number, study, content));
        ByteBuffer whole = ByteBuffer.allocate(HEADER + content.length)
                .put(header)
                .put(content)
                .flip();
        long position = end;
        try {
            write(whole, position);
        } catch (IOException e) {
            channel.truncate(position);
            throw e;
        }
        end = position + HEADER + content.length;
        long now_ns = System.nanoTime();
        if (now_ns - flushed_ns > FLUSH_EVERY_NS) { // a power cut takes a second's work at most
            channel.force(false);
            flushed_ns = now_ns;
        }
        return position;
    }

    /** Content of the entry at a place. */
    synchronized byte[] content(long position) throws IOException {
        Entry entry = findEntry(position, end);
        if (entry == null) {
            throw new IOException(file + ": the entry at byte " + position + " was damaged while in use");
        }
        return entry.content;
    }

    /** The mark of a text: what tells the entries of one study from those of another. */
    static long mark(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        CRC32C low = new CRC32C();
        low.update(bytes);
        CRC32 high = new CRC32();
        high.update(bytes);
        return high.getValue() << 32 | low.getValue();
    }

    @Override
    public synchronized void close() throws IOException {
        if (channel.isOpen()) {
            channel.force(false);
            channel.close();
        }
    }
}
