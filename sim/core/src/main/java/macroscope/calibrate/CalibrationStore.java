package macroscope.calibrate;

import java.util.Optional;

/** Keeps what calibrations found under keys that name all they depend on. Used by many threads at once. */
public interface CalibrationStore {

  /** Keeps nothing. */
  CalibrationStore NONE =
      new CalibrationStore() {
        @Override
        public Optional<Calibration> find(String key) {
          return Optional.empty();
        }

        @Override
        public void keep(String key, Calibration calibration) {}
      };

  /** What is kept under a key, bit for bit as it was found. */
  Optional<Calibration> find(String key);

  /** Keeps a calibration. A store may fail to: then it is found anew the next time. */
  void keep(String key, Calibration calibration);
}
