package macroscope.rtl;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import macroscope.rtl.Stimulus.Beat;
import macroscope.rtl.Stimulus.Output;

/**
 * Stimuli as a stream of records, one for each clock edge: a word of flags, the inputs, and the result
 * that the Java model has at this edge. Words have 32 bits, the least byte first; a port takes as many
 * as it needs.
 */
final class VectorStream {

  static final int RESULT = 1;
  static final int FIRST = 2;
  static final int VALID = 4;
  static final int RESET = 8;

  private static final int BUFFER_BYTES = 1 << 16;

  private final List<Port> inputs;
  private final Port output;
  private final int latency;
  private final OutputStream stream;
  private final int[] line;
  private final int addendAt;
  private final int resultAt;
  private final ByteBuffer buffer;
  private final long[] due;
  private final boolean[] isDue;
  private long edge;
  private long results;

  VectorStream(Twin twin, OutputStream stream) {
    Design design = twin.design();
    this.inputs = design.inputs();
    this.output = design.result();
    this.latency = twin.pipeline().latency();
    this.stream = stream;
    this.line = new int[words(design)];
    this.addendAt = 1 + design.operands().stream().mapToInt(VectorStream::words).sum();
    this.resultAt = line.length - words(output);
    this.buffer = ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    this.due = new long[latency + 1];
    this.isDue = new boolean[latency + 1];
  }

  /** Words of a record. */
  static int words(Design design) {
    int inputs = design.inputs().stream().mapToInt(VectorStream::words).sum();
    return 1 + inputs + words(design.result());
  }

  /** Words of a port. */
  static int words(Port port) {
    return (port.bits() + 31) / 32;
  }

  /** Results written so far. */
  long results() {
    return results;
  }

  /** Clock edges in reset, longer than a result takes. */
  void reset() throws IOException {
    for (int cycle = 0; cycle < latency + 2; cycle++) {
      line[0] = RESET;
      put();
    }
  }

  /** A stimulus, and edges without a pass until its last result has come and no late one may. */
  void write(Stimulus stimulus) throws IOException {
    List<Beat> beats = stimulus.beats();
    List<Output> outputs = stimulus.outputs();
    int next = 0;
    for (int cycle = 0; cycle < beats.size() + latency + Testbench.DRAIN; cycle++) {
      Arrays.fill(line, 0);
      if (cycle < beats.size()) {
        inputs(beats.get(cycle));
      }
      if (next < outputs.size() && outputs.get(next).edge() == cycle) {
        line[0] |= RESULT;
        put(output, outputs.get(next++).word(), resultAt);
      }
      put();
    }
    results += outputs.size();
  }

  private void inputs(Beat beat) {
    line[0] = (beat.first() ? FIRST : 0) | (beat.valid() ? VALID : 0);
    int at = 1;
    for (int i = 0; i < inputs.size(); i++) {
      at = put(inputs.get(i), beat.words().get(i), at);
    }
  }

  private int put(Port port, BigInteger value, int at) {
    int to = at;
    for (int low = 0; low < port.bits(); low += Integer.SIZE) {
      line[to++] = (low == 0 ? value : value.shiftRight(low)).intValue();
    }
    return to;
  }

  /** The next words of the operand inputs, {@code at} behind the first of them. */
  void operand(int[] words, int at, int count) {
    System.arraycopy(words, at, line, 1 + at, count);
  }

  /** The word of the addend, if there is such an input. */
  void addend(long word) {
    if (addendAt < resultAt) {
      put(word, addendAt);
    }
  }

  private void put(long word, int at) {
    int end = at < resultAt ? resultAt : line.length;
    for (int to = at; to < end; to++) {
      line[to] = (int) (word >>> Integer.SIZE * (to - at));
    }
  }

  /**
   * A clock edge with the operands and the addend as they are.
   *
   * @param flags {@link #VALID}, which starts a pass, and {@link #FIRST}
   * @param result of the pass that starts
   */
  void beat(int flags, long result) throws IOException {
    if ((flags & VALID) != 0) {
      int slot = (int) ((edge + latency) % due.length);
      due[slot] = result;
      isDue[slot] = true;
      results++;
    }
    int slot = (int) (edge % due.length);
    line[0] = flags | (isDue[slot] ? RESULT : 0);
    put(isDue[slot] ? due[slot] : 0, resultAt);
    isDue[slot] = false;
    edge++;
    put();
  }

  /** Edges without a pass until every result has come and no late one may. */
  void drain() throws IOException {
    for (int cycle = 0; cycle < latency + Testbench.DRAIN; cycle++) {
      beat(0, 0);
    }
  }

  private void put() throws IOException {
    if (buffer.remaining() < Integer.BYTES * line.length) {
      flush();
    }
    for (int word : line) {
      buffer.putInt(word);
    }
  }

  /** Hands what has been written on. */
  void flush() throws IOException {
    stream.write(buffer.array(), 0, buffer.position());
    stream.flush();
    buffer.clear();
  }
}
