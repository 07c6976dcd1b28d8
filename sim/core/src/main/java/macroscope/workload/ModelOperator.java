package macroscope.workload;

/** A kernel of a language model's inference. */
public sealed interface ModelOperator {

  /** What it computes. */
  String name();

  /** How often it runs: once for each layer, or once. */
  long count();

  /** Multiply-accumulates of matrix products each time. */
  long macs();

  /**
   * Activations by weights.
   *
   * @param matrices products of this shape, each with weights of its own: experts
   */
  record Projection(String name, long count, Gemm gemm, int matrices) implements ModelOperator {
    @Override
    public long macs() {
      return gemm.macs() * matrices;
    }
  }

  /** Cached inputs of attention by the weights of keys and values. */
  record Rematerialization(String name, long count, Gemm gemm) implements ModelOperator {
    @Override
    public long macs() {
      return gemm.macs();
    }
  }

  /**
   * Attention that makes tiles of keys and values of cached inputs itself, so that they never leave the chip.
   *
   * @param inputs the product that makes them
   * @param attention what uses them
   */
  record RematerializedAttention(Rematerialization inputs, Attention attention)
      implements ModelOperator {
    @Override
    public String name() {
      return "attention with " + inputs.name();
    }

    @Override
    public long count() {
      return attention.count();
    }

    @Override
    public long macs() {
      return inputs.macs() + attention.macs();
    }
  }

  /** Activations by activations, {@code batch} times. */
  record ActivationProduct(String name, long count, Gemm gemm, int batch) implements ModelOperator {
    @Override
    public long macs() {
      return gemm.macs() * batch;
    }
  }

  /**
   * Softmax of queries by keys, by values, in one kernel (FlashAttention).
   *
   * @param batch sequences
   * @param heads the heads
   * @param queries new tokens of a sequence; each sees itself and what is before it
   * @param context tokens of a sequence
   * @param fresh whether keys and values were made just before, in the format of activations
   * @param full whether each token sees all of them
   */
  record Attention(
      String name,
      long count,
      int batch,
      LanguageModel.Heads heads,
      int queries,
      int context,
      boolean fresh,
      boolean full)
      implements ModelOperator {

    /** Of a decoder: each token sees itself and what is before it. */
    public Attention(
        String name,
        long count,
        int batch,
        LanguageModel.Heads heads,
        int queries,
        int context,
        boolean fresh) {
      this(name, count, batch, heads, queries, context, fresh, false);
    }

    /** Pairs of a query and a key of all query heads: half of all pairs where queries are tokens. */
    public long pairs() {
      long unseen = full ? 0 : (long) queries * (queries - 1) / 2;
      long seen = (long) queries * context - unseen;
      return batch * (long) heads.queries() * seen;
    }

    @Override
    public long macs() {
      return 2 * pairs() * heads.size();
    }
  }

  /** A kernel that reads and writes activations. */
  record Elementwise(String name, long count, long read, long written) implements ModelOperator {
    @Override
    public long macs() {
      return 0;
    }
  }

  /** State of a state-space model, read, multiplied, added to and written. */
  record StateUpdate(String name, long count, long numbers) implements ModelOperator {
    @Override
    public long macs() {
      return 2 * numbers;
    }
  }

  /**
   * Vectors that processors add up, so that each has the sums.
   *
   * @param numbers of each processor's vectors
   */
  record AllReduce(String name, long count, long numbers) implements ModelOperator {
    @Override
    public long macs() {
      return 0;
    }
  }
}
