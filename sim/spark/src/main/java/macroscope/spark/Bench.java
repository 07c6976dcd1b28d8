package macroscope.spark;

import java.io.ByteArrayInputStream;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import macroscope.accuracy.Progress;
import macroscope.calibrate.CalibrationFolder;
import macroscope.calibrate.ObjectBytes;
import macroscope.input.InputException;
import macroscope.report.Journal;
import macroscope.sweep.CodeVersion;
import macroscope.sweep.DesignPoint;
import macroscope.sweep.Measurer;
import macroscope.sweep.NetworkMeasurer;
import macroscope.sweep.SweepEngine;
import macroscope.sweep.Workload;

/**
 * All that an executor measures with: the points with their networks and data, which come once, and the
 * float run of each network, made by whoever needs it first. Shared by the tasks of an executor.
 */
final class Bench implements Serializable {
  private static final long serialVersionUID = 1L;

  private final transient Map<String, DesignPoint> points;
  private final transient String wantedCode;
  private final transient String codeHere;
  private final transient Map<String, Measurer> measurers = new ConcurrentHashMap<>();

  /**
   * @param points by key
   * @param wantedCode version of the program that asks
   */
  Bench(Map<String, DesignPoint> points, String wantedCode) {
    this(points, wantedCode, CodeVersion.current());
  }

  private Bench(Map<String, DesignPoint> points, String wantedCode, String codeHere) {
    this.points = points;
    this.wantedCode = wantedCode;
    this.codeHere = codeHere;
  }

  /**
   * Runs the network of a point.
   *
   * @param threads for the float run of the network
   */
  Outcome measure(String key, int threads) {
    if (!codeHere.equals(wantedCode)) {
      return new Outcome.Refused(
          "executor", "runs another build of Macroscope; each machine needs the one that asks");
    }
    DesignPoint point = points.get(key);
    if (point == null || !SweepEngine.key(point, codeHere).equals(key)) {
      return new Outcome.Failed("a point was changed on its way to an executor: " + key);
    }
    try {
      Measurer measurer = measurer(point.workload(), threads);
      return new Outcome.Made(Journal.line(key, measurer.measure(point, Progress.NONE)));
    } catch (InputException e) {
      return new Outcome.Refused(e.place(), e.rule());
    } catch (RuntimeException e) {
      // The answer is one line; where it happened stands in the executor's log.
      e.printStackTrace();
      return new Outcome.Failed(point.identity() + ": " + e);
    }
  }

  private Measurer measurer(Workload workload, int threads) {
    return measurers.computeIfAbsent(
        workload.name(),
        name ->
            new NetworkMeasurer(List.of(workload), threads, CalibrationFolder.ofUser(codeHere)));
  }

  /** What travels in place of the bench. */
  private record Packed(byte[] points, String wantedCode) implements Serializable {

    /** Classes of another build may read anything out of the points: they are not even opened. */
    @SuppressWarnings("unchecked")
    private Object readResolve() {
      String here = CodeVersion.current();
      return here.equals(wantedCode)
          ? new Bench(
              (Map<String, DesignPoint>) ObjectBytes.read(new ByteArrayInputStream(points)),
              wantedCode,
              here)
          : new Bench(Map.of(), wantedCode, here);
    }
  }

  private Object writeReplace() {
    return new Packed(ObjectBytes.of(points), wantedCode);
  }

  private void readObject(ObjectInputStream in) throws InvalidObjectException {
    throw new InvalidObjectException("a bench travels packed");
  }
}
