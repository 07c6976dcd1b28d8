package macroscope.accuracy;

/** Is told how far a run is. Called by the thread that started the run. */
@FunctionalInterface
public interface Progress {

  /** Tells nobody. */
  Progress NONE = (done, all) -> {};

  /** {@code done} of {@code all} samples are finished. */
  void finished(int done, int all);
}
