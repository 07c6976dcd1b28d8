package macroscope.sweep;

import java.util.Optional;

/** Keeps measurements under keys that name all they depend on. Used by many threads at once. */
public interface MeasurementStore {

  /** The measurement kept under a key. */
  Optional<Measurement> find(String key);

  /** Keeps a measurement; when this returns it outlives the program. */
  void keep(String key, Measurement measurement);
}
