package macroscope.hardware;

import java.util.ArrayList;
import java.util.List;

/**
 * The time behaviour of one unit: its register stages in order and how often a pass can start.
 *
 * @param stages names of the stages; a result leaves {@code stages.size()} cycles after its operands
 *     entered
 * @param initiationInterval cycles between two passes, at least 1 (a bit-serial unit of b planes: b)
 */
public record Pipeline(List<String> stages, int initiationInterval) {

  public Pipeline {
    stages = List.copyOf(stages);
    Widths.positive("pipeline stages", stages.size());
    Widths.positive("initiation interval", initiationInterval);
  }

  /**
   * A unit without registers between its operand and its result registers, as the units that were
   * synthesized: all steps follow each other within one stage.
   *
   * @param steps what happens, in order
   */
  public static Pipeline singleStage(List<String> steps, int initiationInterval) {
    return new Pipeline(List.of(String.join(" - ", steps)), initiationInterval);
  }

  /** The same with a step before everything else, in the first stage. */
  public Pipeline after(String step) {
    List<String> more = new ArrayList<>(stages);
    more.set(0, step + " - " + more.get(0));
    return new Pipeline(more, initiationInterval);
  }

  /** The same with a step behind everything else, in the last stage. */
  public Pipeline then(String step) {
    List<String> more = new ArrayList<>(stages);
    int last = more.size() - 1;
    more.set(last, more.get(last) + " - " + step);
    return new Pipeline(more, initiationInterval);
  }

  /** Cycles from operands to result of one pass. */
  public int latency() {
    return stages.size() - 1 + initiationInterval;
  }
}
