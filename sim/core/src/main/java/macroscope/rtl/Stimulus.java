package macroscope.rtl;

import java.math.BigInteger;
import java.util.List;

/**
 * What is driven into a twin, clock edge by clock edge, and what the Java model says comes out.
 *
 * @param beats inputs at edges 0, 1, 2, ...
 * @param outputs every result, in order of time
 */
public record Stimulus(List<Beat> beats, List<Output> outputs) {

  public Stimulus {
    beats = List.copyOf(beats);
    outputs = List.copyOf(outputs);
  }

  /**
   * Inputs at one clock edge.
   *
   * @param valid whether a pass starts with it
   * @param first whether it starts a sum
   * @param words a word for each input of the design
   */
  public record Beat(boolean valid, boolean first, List<BigInteger> words) {
    public Beat {
      words = List.copyOf(words);
    }
  }

  /**
   * A result.
   *
   * @param edge the clock edge that loads it into the result register
   */
  public record Output(int edge, BigInteger word) {}
}
