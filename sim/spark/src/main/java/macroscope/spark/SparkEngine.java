package macroscope.spark;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import macroscope.input.InputException;
import macroscope.report.Journal;
import macroscope.sweep.CodeVersion;
import macroscope.sweep.DesignPoint;
import macroscope.sweep.Engine;
import macroscope.workload.Gemm;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkDriverExecutionException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;

/**
 * Measures on the executors of a Spark cluster. A task is one measurement, so that a slow one holds no other
 * back and a lost executor costs those alone that it was making; those with most to multiply begin.
 * Networks and data travel once to each executor, measurements come back one by one as they are made.
 */
final class SparkEngine implements Engine {

  private final SparkMaster master;
  private final String address;
  private final List<String> jars;
  private final String sweep;

  /**
   * @param address of this machine, as executors reach it
   * @param jars of the program, which executors fetch from this machine
   */
  SparkEngine(SparkMaster master, String address, List<String> jars, String sweep) {
    this.master = master;
    this.address = address;
    this.jars = List.copyOf(jars);
    this.sweep = sweep;
  }

  @SuppressWarnings("try") // a watch that is there while the work is done
  @Override
  public void measure(Map<String, DesignPoint> open, Results results) {
    try (JavaSparkContext context = connect();
        Stopping stopping = new Stopping(results, context)) {
      Broadcast<Bench> bench = context.broadcast(new Bench(open, CodeVersion.current()));
      List<Entry<String, DesignPoint>> work = longestFirst(open);
      List<String> keys = work.stream().map(Entry::getKey).toList();
      context
          .sc()
          .runJob(
              context.parallelize(keys, keys.size()).rdd(),
              new Task(bench),
              new Handover(work, results),
              ClassTag$.MODULE$.apply(Outcome.class));
    } catch (InputException e) {
      throw e;
    } catch (Exception e) {
      if (!results.stopped()) {
        throw told(e);
      }
    }
  }

  /** Scala declares no exceptions: Spark's own come out of methods that seem to throw none. */
  private RuntimeException told(Exception e) {
    if (e instanceof SparkDriverExecutionException
        && e.getCause() instanceof RuntimeException own) {
      return own;
    }
    if (e instanceof RuntimeException stopped) {
      // Nobody registered this machine, and the context was stopped while it was used.
      return unregistered(stopped);
    }
    String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    return new InputException(
        SparkMaster.OPTION, "the cluster gave up, --resume goes on from here: " + reason, e);
  }

  /** Multiplications decide how long a network takes; what a unit makes of each is not known. */
  private static List<Entry<String, DesignPoint>> longestFirst(Map<String, DesignPoint> open) {
    Comparator<Entry<String, DesignPoint>> work =
        Comparator.comparingDouble(entry -> multiplications(entry.getValue()));
    return open.entrySet().stream().sorted(work.reversed()).toList();
  }

  private static double multiplications(DesignPoint point) {
    double batch = point.workload().gemms().stream().mapToDouble(Gemm::macs).sum();
    return batch / point.workload().batch() * point.workload().data().size();
  }

  private JavaSparkContext connect() {
    JavaSparkContext context;
    try {
      context = new JavaSparkContext(configuration());
    } catch (RuntimeException e) {
      throw unregistered(e);
    }
    if (context.sc().isStopped()) {
      throw unregistered(new IllegalStateException("stopped"));
    }
    return context;
  }

  private InputException unregistered(RuntimeException cause) {
    String version = org.apache.spark.package$.MODULE$.SPARK_VERSION();
    return new InputException(
        SparkMaster.OPTION,
        "no master of Spark " + version + " takes work at " + master.url(),
        cause);
  }

  /** What the user gives as {@code -Dspark.*} is kept. */
  private SparkConf configuration() {
    SparkConf conf =
        new SparkConf()
            .setMaster(master.url())
            .setAppName("macroscope sweep " + sweep)
            .setJars(jars.toArray(String[]::new))
            .setIfMissing("spark.driver.host", address)
            .setIfMissing("spark.ui.enabled", "false")
            // What answers and is no master would be waited for much longer.
            .setIfMissing("spark.rpc.lookupTimeout", "15s")
            // Libraries of this program, not those of other versions that Spark has of them.
            .setIfMissing("spark.executor.userClassPathFirst", "true");
    if (ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()) {
      conf.setIfMissing("spark.executor.extraJavaOptions", "--add-modules jdk.incubator.vector");
    }
    return conf;
  }

  /** Takes what executors answer, one at a time, on the driver. */
  private static final class Handover extends AbstractFunction2<Object, Outcome, BoxedUnit> {
    private final List<Entry<String, DesignPoint>> work;
    private final Results results;

    Handover(List<Entry<String, DesignPoint>> work, Results results) {
      this.work = work;
      this.results = results;
    }

    @Override
    public BoxedUnit apply(Object partition, Outcome outcome) {
      Entry<String, DesignPoint> asked = work.get((Integer) partition);
      results.made(asked.getKey(), Journal.of(asked.getKey(), line(outcome)));
      results.ran(asked.getValue().workload().data().size());
      return BoxedUnit.UNIT;
    }

    private static String line(Outcome outcome) {
      if (outcome instanceof Outcome.Refused refused) {
        throw new InputException(refused.place(), refused.rule());
      }
      if (outcome instanceof Outcome.Failed failed) {
        throw new IllegalStateException(failed.message());
      }
      return ((Outcome.Made) outcome).line();
    }
  }
}
