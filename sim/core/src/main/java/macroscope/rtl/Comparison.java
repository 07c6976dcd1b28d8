package macroscope.rtl;

/**
 * What a simulation found.
 *
 * @param results results that came out
 * @param expected results of the Java model
 * @param wrong results at another clock edge or with other bits, one more if their number differs
 * @param log the first wrong results, as the testbench prints them
 */
public record Comparison(long results, long expected, long wrong, String log) {

  /** Whether every result has its bits and its clock edge, and none is missing. */
  public boolean equal() {
    return wrong == 0 && results == expected && expected > 0;
  }
}
