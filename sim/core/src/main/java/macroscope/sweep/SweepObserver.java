package macroscope.sweep;

/** Is told how far a sweep is. Called by many threads. */
public interface SweepObserver {

  /** Tells nobody. */
  SweepObserver NONE =
      new SweepObserver() {
        @Override
        public void starts(int measurements, int kept, long samples) {}

        @Override
        public void ran(long samples) {}

        @Override
        public void finished() {}
      };

  /**
   * The networks are about to run.
   *
   * @param measurements to be made
   * @param kept found in the store
   * @param samples that all measurements together run
   */
  void starts(int measurements, int kept, long samples);

  /** Some more samples have run. */
  void ran(long samples);

  /** One more measurement is made and kept. */
  void finished();
}
