package macroscope.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import macroscope.hardware.Widths;

/**
 * The shape of a language model: a decoder of equal layers.
 *
 * @param name as files name it
 * @param layers layers
 * @param hidden length of a token's vector between layers
 * @param vocabulary tokens that there are
 * @param tiedEmbeddings whether the output multiplies by the table that tokens' vectors are looked up in;
 *     else that table is kept beside it
 * @param attention what mixes tokens in a transformer; empty for a state-space model
 * @param stateSpace what mixes them in Mamba-2; empty for a transformer
 * @param feedForward the products after it; empty where there are none
 */
public record LanguageModel(
    String name,
    int layers,
    int hidden,
    int vocabulary,
    boolean tiedEmbeddings,
    Optional<Heads> attention,
    Optional<StateSpace> stateSpace,
    Optional<FeedForward> feedForward) {

  /**
   * Attention heads.
   *
   * @param queries query heads
   * @param keyValues key and value heads, of which each serves as many query heads
   * @param size length of a head's vectors
   */
  public record Heads(int queries, int keyValues, int size) {
    public Heads {
      Widths.positive("query heads", queries);
      Widths.positive("key and value heads", keyValues);
      Widths.positive("head size", size);
      if (queries % keyValues != 0) {
        throw new IllegalArgumentException(
            "key and value heads must divide " + queries + ": " + keyValues);
      }
    }
  }

  /**
   * A Mamba-2 mixer (Dao and Gu, Transformers are SSMs, arXiv 2405.21060).
   *
   * @param inner length of the vector that is mixed
   * @param headSize length of a head's vector
   * @param state numbers of the state for each number of a head's vector
   * @param groups heads share B and C within a group
   * @param convolution taps of the convolution before
   * @param chunk tokens that are multiplied as matrices together in prefill
   */
  public record StateSpace(
      int inner, int headSize, int state, int groups, int convolution, int chunk) {
    public StateSpace {
      Widths.positive("inner size", inner);
      Widths.inRange("head size", headSize, 1, inner);
      Widths.positive("state size", state);
      Widths.positive("groups", groups);
      Widths.positive("taps", convolution);
      Widths.positive("chunk", chunk);
    }

    int heads() {
      return inner / headSize;
    }

    int projected() {
      return 2 * inner + 2 * groups * state + heads();
    }
  }

  /**
   * Products after the mixer.
   *
   * @param size length between them
   * @param gated whether a third product gates the first
   * @param experts how many there are of them
   * @param expertsPerToken how many a token goes through
   */
  public record FeedForward(int size, boolean gated, int experts, int expertsPerToken) {
    public FeedForward {
      Widths.positive("feed-forward size", size);
      Widths.positive("experts", experts);
      Widths.inRange("experts of a token", expertsPerToken, 1, experts);
    }
  }

  /** The name of the product that makes scores of all tokens. */
  public static final String OUTPUT = "output";

  public LanguageModel {
    Widths.positive("layers", layers);
    Widths.positive("hidden size", hidden);
    Widths.positive("vocabulary", vocabulary);
    if (attention.isPresent() == stateSpace.isPresent()) {
      throw new IllegalArgumentException(
          "a layer must have either attention or a state space: " + name);
    }
  }

  /**
   * What one of so many processors has of the model if heads, inner vectors and the vocabulary are dealt out
   * (tensor parallelism: Shoeybi et al., Megatron-LM, arXiv 1909.08053). Key and value heads are copied if
   * there are fewer.
   *
   * @throws IllegalArgumentException if the processors do not divide heads or sizes
   */
  public LanguageModel shard(int processors) {
    Widths.inRange("processors", processors, 1, 1 << 10);
    return new LanguageModel(
        name,
        layers,
        hidden,
        (vocabulary + processors - 1) / processors,
        tiedEmbeddings,
        attention.map(
            heads ->
                new Heads(
                    part("query heads", heads.queries(), processors),
                    heads.keyValues() <= processors
                        ? 1
                        : part("key and value heads", heads.keyValues(), processors),
                    heads.size())),
        stateSpace.map(
            space ->
                new StateSpace(
                    part("inner size", space.inner(), processors),
                    space.headSize(),
                    space.state(),
                    space.groups(),
                    space.convolution(),
                    space.chunk())),
        feedForward.map(
            forward ->
                new FeedForward(
                    part("feed-forward size", forward.size(), processors),
                    forward.gated(),
                    forward.experts(),
                    forward.expertsPerToken())));
  }

  private static int part(String what, int number, int processors) {
    if (number % processors != 0) {
      throw new IllegalArgumentException(
          processors + " processors must divide " + what + ": " + number);
    }
    return number / processors;
  }

  /** Weights of matrices: of all layers, of the output, and of the embedding if it is another one. */
  public long weights() {
    long mixer =
        attention
            .map(h -> (long) hidden * h.size() * (2L * h.queries() + 2L * h.keyValues()))
            .orElse(0L);
    long space = stateSpace.map(s -> (long) hidden * (s.projected() + s.inner())).orElse(0L);
    long forward =
        feedForward
            .map(f -> (long) f.experts() * hidden * f.size() * (f.gated() ? 3 : 2) + router(f))
            .orElse(0L);
    return layers * (mixer + space + forward) + outputWeights() + embeddingWeights();
  }

  private long router(FeedForward forward) {
    return forward.experts() > 1 ? (long) forward.experts() * hidden : 0;
  }

  /**
   * Weights of the table that tokens' vectors are looked up in, 0 if it is that of the output. A step reads
   * the rows of its tokens alone.
   */
  public long embeddingWeights() {
    return tiedEmbeddings ? 0 : outputWeights();
  }

  /** Weights of the output alone. */
  public long outputWeights() {
    return (long) hidden * vocabulary;
  }

  /** What a phase of inference computes, in order; operators of a layer stand once, with a count. */
  public List<ModelOperator> operators(Inference phase) {
    List<ModelOperator> all = new ArrayList<>();
    attention.ifPresent(heads -> attention(phase, heads, all));
    stateSpace.ifPresent(space -> stateSpace(phase, space, all));
    feedForward.ifPresent(forward -> feedForward(phase, forward, all));
    all.add(
        new ModelOperator.Projection(OUTPUT, 1, new Gemm(phase.batch(), vocabulary, hidden), 1));
    return all;
  }

  private void attention(Inference phase, Heads heads, List<ModelOperator> all) {
    int tokens = phase.tokens();
    int width = (heads.queries() + 2 * heads.keyValues()) * heads.size();
    all.add(elementwise("norm before attention", tokens, hidden, hidden));
    all.add(projection("query, key, value", tokens, width, hidden));
    all.add(elementwise("rotary embedding", tokens, width, width));
    if (phase.cachesInputs() && phase.decode()) {
      all.add(
          new ModelOperator.Rematerialization(
              "keys and values from inputs",
              layers,
              new Gemm(
                  phase.batch() * phase.context(), 2 * heads.keyValues() * heads.size(), hidden)));
    }
    all.add(
        new ModelOperator.Attention(
            "attention",
            layers,
            phase.batch(),
            heads,
            phase.queries(),
            phase.context(),
            phase.cachesInputs() && phase.decode()));
    all.add(projection("attention output", tokens, hidden, heads.queries() * heads.size()));
  }

  private void stateSpace(Inference phase, StateSpace space, List<ModelOperator> all) {
    int tokens = phase.tokens();
    int convolved = space.inner() + 2 * space.groups() * space.state();
    all.add(elementwise("norm before mixer", tokens, hidden, hidden));
    all.add(projection("mixer input", tokens, space.projected(), hidden));
    all.add(elementwise("convolution", tokens, convolved, convolved));
    if (phase.decode()) {
      all.add(
          new ModelOperator.StateUpdate(
              "state update", layers, (long) phase.batch() * space.inner() * space.state()));
    } else {
      chunks(phase, space, all);
    }
    all.add(elementwise("gate", tokens, 2 * space.inner(), space.inner()));
    all.add(projection("mixer output", tokens, hidden, space.inner()));
  }

  /** The four products of a chunk: C by B, that by x, the chunk's state, and C by the state before. */
  private void chunks(Inference phase, StateSpace space, List<ModelOperator> all) {
    int length = Math.min(space.chunk(), phase.context());
    int chunks = phase.batch() * ((phase.context() + length - 1) / length);
    int headChunks = Math.multiplyExact(chunks, space.heads());
    Gemm scores = new Gemm(length, length, space.state());
    all.add(activations("chunk scores", scores, Math.multiplyExact(chunks, space.groups())));
    all.add(activations("chunk outputs", new Gemm(length, space.headSize(), length), headChunks));
    all.add(
        activations("chunk states", new Gemm(space.state(), space.headSize(), length), headChunks));
    all.add(
        activations(
            "outputs of states", new Gemm(length, space.headSize(), space.state()), headChunks));
  }

  private ModelOperator activations(String name, Gemm gemm, int batch) {
    return new ModelOperator.ActivationProduct(name, layers, gemm, batch);
  }

  private void feedForward(Inference phase, FeedForward forward, List<ModelOperator> all) {
    int tokens = phase.tokens();
    int active = activeExperts(forward, tokens);
    int each = (int) Math.ceil((double) tokens * forward.expertsPerToken() / active);
    int up = forward.gated() ? 2 * forward.size() : forward.size();
    all.add(elementwise("norm before feed-forward", tokens, hidden, hidden));
    if (forward.experts() > 1) {
      all.add(projection("router", tokens, forward.experts(), hidden));
    }
    all.add(new ModelOperator.Projection("up", layers, new Gemm(each, up, hidden), active));
    all.add(elementwise("activation", tokens * forward.expertsPerToken(), up, forward.size()));
    all.add(
        new ModelOperator.Projection(
            "down", layers, new Gemm(each, hidden, forward.size()), active));
  }

  /** Experts that at least one token goes to, if each picks its own at random: the expected number. */
  private static int activeExperts(FeedForward forward, int tokens) {
    double missed = 1 - (double) forward.expertsPerToken() / forward.experts();
    double expected = forward.experts() * (1 - Math.pow(missed, tokens));
    return (int) Math.max(forward.expertsPerToken(), Math.round(expected));
  }

  private ModelOperator projection(String name, int tokens, int n, int k) {
    return new ModelOperator.Projection(name, layers, new Gemm(tokens, n, k), 1);
  }

  private ModelOperator elementwise(String name, int tokens, int read, int written) {
    return new ModelOperator.Elementwise(
        name, layers, (long) tokens * read, (long) tokens * written);
  }

  /** Numbers that the cache holds for a batch of sequences of so many tokens. */
  public long cachedNumbers(Inference phase) {
    long tokens = (long) phase.batch() * phase.context() * layers;
    long keysAndValues = attention.map(h -> 2L * h.keyValues() * h.size()).orElse(0L);
    return tokens * (phase.cachesInputs() && attention.isPresent() ? hidden : keysAndValues);
  }

  /**
   * Why caching inputs of attention saves nothing here; empty where the cache holds keys and values, or
   * inputs are fewer.
   */
  public Optional<String> largerInputs(Inference phase) {
    int keysAndValues = attention.map(h -> 2 * h.keyValues() * h.size()).orElse(0);
    return phase.cachesInputs() && attention.isPresent() && hidden > keysAndValues
        ? Optional.of(
            "cached inputs are larger than the keys and values that they replace: "
                + hidden
                + " in place of "
                + keysAndValues
                + " numbers a token and layer, since query heads share keys")
        : Optional.empty();
  }

  /** Numbers of all states of a batch. */
  public long stateNumbers(Inference phase) {
    return stateSpace.map(s -> (long) layers * phase.batch() * s.inner() * s.state()).orElse(0L);
  }
}
