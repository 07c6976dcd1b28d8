package macroscope.spark;

import java.io.Serializable;
import org.apache.spark.SparkEnv;
import org.apache.spark.broadcast.Broadcast;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction1;

/** What an executor does with a partition: it has the key of one measurement. */
final class Task extends AbstractFunction1<Iterator<String>, Outcome> implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Broadcast<Bench> bench;

  Task(Broadcast<Bench> bench) {
    this.bench = bench;
  }

  @Override
  public Outcome apply(Iterator<String> key) {
    return bench.value().measure(key.next(), cores());
  }

  /** An executor has all cores of its machine unless the user gave it fewer. */
  private static int cores() {
    return SparkEnv.get()
        .conf()
        .getInt("spark.executor.cores", Runtime.getRuntime().availableProcessors());
  }
}
