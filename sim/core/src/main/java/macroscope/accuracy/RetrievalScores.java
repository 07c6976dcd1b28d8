package macroscope.accuracy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How well texts find the ones that belong to them. Embeddings come in pairs, query and answer; all
 * answers are candidates of each query, ranked by cosine: 1 + the number of others with a strictly larger
 * one. A query without a finite cosine has the last rank.
 *
 * @param ranks of the right answer, one a query
 * @param cosines of each text's embedding with that of the float run
 */
@SuppressWarnings("ArrayRecordComponent")
record RetrievalScores(double[] ranks, double[] cosines) implements Scores {

  /** Scores of embeddings of length 1; a last query without its answer is left out. */
  static RetrievalScores of(double[][] embeddings, double[][] reference) {
    int queries = embeddings.length / 2;
    int length = embeddings[0].length;
    double[] a = new double[queries * length];
    double[] b = new double[queries * length];
    for (int i = 0; i < queries; i++) {
      System.arraycopy(embeddings[2 * i], 0, a, i * length, length);
      System.arraycopy(embeddings[2 * i + 1], 0, b, i * length, length);
    }
    double[] cosines = DenseProduct.multiply(a, queries, b, queries, length);
    double[] ranks = new double[queries];
    Arrays.setAll(ranks, query -> rank(cosines, query, queries));
    double[] own = new double[embeddings.length];
    Arrays.setAll(own, i -> DenseProduct.multiply(embeddings[i], 1, reference[i], 1, length)[0]);
    return new RetrievalScores(ranks, own);
  }

  private static int rank(double[] cosines, int query, int queries) {
    double right = cosines[query * queries + query];
    int rank = 1;
    for (int i = query * queries; i < (query + 1) * queries; i++) {
      rank += cosines[i] > right ? 1 : 0;
    }
    return Double.isNaN(right) ? queries : rank;
  }

  @Override
  public List<Metric> metrics(Scores floatRun) {
    RetrievalScores reference = (RetrievalScores) floatRun;
    List<Metric> metrics = new ArrayList<>();
    add(metrics, "recall_at_1", within(1), reference.within(1));
    add(metrics, "recall_at_5", within(5), reference.within(5));
    add(metrics, "mrr", reciprocals(), reference.reciprocals());
    metrics.add(Mean.of(cosines).metric("cosine_to_fp32"));
    return metrics;
  }

  private static void add(List<Metric> metrics, String name, double[] run, double[] floatRun) {
    metrics.add(Mean.of(run).metric(name));
    metrics.add(Mean.ofDifference(run, floatRun).metric(name + "_delta"));
  }

  private double[] within(int rank) {
    return Arrays.stream(ranks).map(r -> r <= rank ? 1 : 0).toArray();
  }

  private double[] reciprocals() {
    return Arrays.stream(ranks).map(r -> 1 / r).toArray();
  }
}
