package macroscope.rtl;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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

  private static final Beat IDLE = new Beat(false, false, List.of());

  private final List<Port> inputs;
  private final Port output;
  private final int latency;
  private final OutputStream stream;
  private final ByteBuffer record;
  private long results;

  VectorStream(Twin twin, OutputStream stream) {
    Design design = twin.design();
    this.inputs = design.inputs();
    this.output = design.result();
    this.latency = twin.pipeline().latency();
    this.stream = stream;
    this.record = ByteBuffer.allocate(4 * words(design)).order(ByteOrder.LITTLE_ENDIAN);
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
    for (int edge = 0; edge < latency + 2; edge++) {
      write(RESET, IDLE, BigInteger.ZERO);
    }
  }

  /** A stimulus, and edges without a pass until its last result has come and no late one may. */
  void write(Stimulus stimulus) throws IOException {
    List<Beat> beats = stimulus.beats();
    List<Output> outputs = stimulus.outputs();
    int next = 0;
    for (int edge = 0; edge < beats.size() + latency + Testbench.DRAIN; edge++) {
      Beat beat = edge < beats.size() ? beats.get(edge) : IDLE;
      boolean result = next < outputs.size() && outputs.get(next).edge() == edge;
      write(result ? RESULT : 0, beat, result ? outputs.get(next++).word() : BigInteger.ZERO);
    }
    results += outputs.size();
  }

  private void write(int flags, Beat beat, BigInteger result) throws IOException {
    record.clear();
    record.putInt(flags | (beat.first() ? FIRST : 0) | (beat.valid() ? VALID : 0));
    for (int i = 0; i < inputs.size(); i++) {
      put(inputs.get(i), beat.words().isEmpty() ? BigInteger.ZERO : beat.words().get(i));
    }
    put(output, result);
    stream.write(record.array());
  }

  private void put(Port port, BigInteger value) {
    for (int low = 0; low < port.bits(); low += 32) {
      record.putInt((low == 0 ? value : value.shiftRight(low)).intValue());
    }
  }
}
