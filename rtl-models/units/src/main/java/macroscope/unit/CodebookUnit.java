package macroscope.unit;

import java.util.List;
import macroscope.format.FloatFormat;
import macroscope.format.Formats;
import macroscope.format.NumberFormat;
import macroscope.format.Overflow;
import macroscope.format.RoundingMode;
import macroscope.hardware.Inventory;
import macroscope.hardware.Pipeline;
import macroscope.hardware.Widths;
import macroscope.tensor.EncodedMatrix;
import macroscope.tensor.EncodedVectors;
import macroscope.tensor.VectorCodebook;
import macroscope.unit.CodebookOperand.Activations;
import macroscope.unit.CodebookOperand.Decoded;
import macroscope.unit.CodebookOperand.Indices;
import macroscope.unit.CodebookOperand.OperandDimensions;

/**
 * A unit for weights that are indices of vectors, in both forms of {@link CodebookSpec.Form}. Sums are
 * binary32, k ascending (tables: vector after vector, codebook after codebook), each rounded to nearest
 * even, subnormals kept; elements of a vector are scaled first where {@link CodebookSpec.Scale} says
 * so. NaN leaves as 0x7FC00000. K must be cut between vectors; the last one of a row
 * is filled up with activations +0.
 */
public final class CodebookUnit implements DotProductUnit<CodebookOperand> {

  private final CodebookSpec spec;

  public CodebookUnit(CodebookSpec spec) {
    this.spec = spec;
  }

  @Override
  public CodebookSpec spec() {
    return spec;
  }

  @Override
  public int length() {
    return spec.length();
  }

  @Override
  public NumberFormat accumulatorFormat() {
    return Formats.BINARY32;
  }

  @Override
  public CodebookOperand prepareA(EncodedMatrix a) {
    CodeRows.requireCodes(spec.a(), a);
    int padded = padded(a.columns());
    float[][] rows = new float[a.rows()][padded];
    for (int row = 0; row < a.rows(); row++) {
      for (int k = 0; k < a.columns(); k++) {
        rows[row][k] = IeeeArithmetic.round32(spec.a().decodeDouble(a.code(row, k)));
      }
    }
    return new Activations(new OperandDimensions(a.rows(), a.columns()), rows);
  }

  private int padded(int depth) {
    return (depth + spec.dimension() - 1) / spec.dimension() * spec.dimension();
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if the weights are no vectors, or those of other codebooks
   */
  @Override
  public CodebookOperand prepareB(EncodedMatrix b) {
    EncodedVectors vectors =
        b.vectors()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "weights must be indices of vectors: " + b.format().name()));
    requireCodebooks(vectors);
    OperandDimensions dimensions = new OperandDimensions(b.rows(), b.columns());
    List<float[][]> entries = vectors.format().stages().stream().map(this::entries).toList();
    return spec.form() == CodebookSpec.Form.DECODE
        ? new Decoded(dimensions, decoded(b, vectors, entries))
        : new Indices(dimensions, vectors, entries);
  }

  private void requireCodebooks(EncodedVectors vectors) {
    List<VectorCodebook> stages = vectors.format().stages();
    Widths.inRange("codebooks", stages.size(), spec.indexBits().size(), spec.indexBits().size());
    Widths.inRange("dimension", vectors.format().dimension(), spec.dimension(), spec.dimension());
    for (int stage = 0; stage < stages.size(); stage++) {
      Widths.inRange(
          "entries of a codebook", stages.get(stage).size(), 1, 1 << spec.indexBits().get(stage));
    }
  }

  /** By element of a vector, that element of every entry. */
  private float[][] entries(VectorCodebook book) {
    float[][] entries = new float[spec.dimension()][book.size()];
    for (int element = 0; element < entries.length; element++) {
      for (int index = 0; index < book.size(); index++) {
        entries[element][index] = stored(book.element(index, element));
      }
    }
    return entries;
  }

  private float stored(double entry) {
    FloatFormat format = spec.stored();
    long code = format.encodeDouble(entry, RoundingMode.TIES_TO_EVEN, Overflow.SATURATE);
    if (Double.compare(format.decodeDouble(code), entry) != 0) {
      throw new IllegalArgumentException(
          "entries of a codebook must be numbers of " + format.name() + ": " + entry);
    }
    return IeeeArithmetic.round32(entry);
  }

  @Override
  public ScaleSupport scaleSupport() {
    return spec.scale() == CodebookSpec.Scale.BEFORE ? ScaleSupport.RIGHT : ScaleSupport.NONE;
  }

  /** For each k the numbers of all rows, entries added up and scaled in the stored format. */
  private float[][] decoded(EncodedMatrix b, EncodedVectors vectors, List<float[][]> entries) {
    int perRow = vectors.format().vectors(vectors.columns());
    float[][] columns = new float[perRow * spec.dimension()][vectors.rows()];
    for (int k = 0; k < columns.length; k++) {
      int element = k % spec.dimension();
      for (int row = 0; row < vectors.rows(); row++) {
        int vector = row * perRow + k / spec.dimension();
        float sum = entries.get(0)[element][vectors.indices().get(0)[vector]];
        for (int stage = 1; stage < entries.size(); stage++) {
          sum = addStored(sum, entries.get(stage)[element][vectors.indices().get(stage)[vector]]);
        }
        columns[k][row] = k < b.columns() ? scaled(sum, b.scale(row, k)) : sum;
      }
    }
    return columns;
  }

  /** A product of two numbers of the stored format, whose 48 bits binary64 holds, rounded to it. */
  private float scaled(float element, double scale) {
    if (spec.scale() == CodebookSpec.Scale.AFTER) {
      return element;
    }
    double factor = rounded(spec.stored(), scale);
    double product = IeeeArithmetic.multiply64(IeeeArithmetic.exact64(element), factor);
    return IeeeArithmetic.round32(rounded(spec.stored(), product));
  }

  /**
   * One addition rounded to the stored format. Rounding to binary64 first changes nothing: it has more
   * than twice the bits (Figueroa, "When is double rounding innocuous?", SIGNUM Newsletter, 1995).
   */
  private float addStored(float x, float y) {
    double sum = IeeeArithmetic.add64(IeeeArithmetic.exact64(x), IeeeArithmetic.exact64(y));
    return IeeeArithmetic.round32(rounded(spec.stored(), sum));
  }

  private static double rounded(FloatFormat format, double x) {
    return format.decodeDouble(format.encodeDouble(x, RoundingMode.TIES_TO_EVEN, Overflow.NATIVE));
  }

  @Override
  public void gemm(CodebookOperand a, CodebookOperand b, int fromK, int toK, Accumulators c) {
    if (!(a instanceof Activations activations) || b instanceof Activations) {
      throw new IllegalArgumentException("operands must be activations and weights, in this order");
    }
    c.requireShape(accumulatorFormat(), shape(a), shape(b), fromK, toK);
    boolean whole =
        fromK % spec.dimension() == 0
            && (toK % spec.dimension() == 0 || toK == a.dimensions().depth());
    if (!whole) {
      throw new IllegalArgumentException(
          "K must be cut between vectors of " + spec.dimension() + ": " + fromK + ".." + toK);
    }
    for (int i = 0; i < c.rows(); i++) {
      float[] sums = new float[c.columns()];
      for (int j = 0; j < sums.length; j++) {
        sums[j] = Float.intBitsToFloat((int) c.codes()[i * sums.length + j]);
      }
      add(activations.rows()[i], b, fromK, toK, sums);
      for (int j = 0; j < sums.length; j++) {
        c.codes()[i * sums.length + j] = IeeeArithmetic.code32(sums[j]);
      }
    }
  }

  private static OperandShape shape(CodebookOperand operand) {
    return new OperandShape(operand.dimensions().rows(), operand.dimensions().depth());
  }

  private void add(float[] x, CodebookOperand weights, int fromK, int toK, float[] sums) {
    if (weights instanceof Decoded decoded) {
      for (int k = fromK; k < padded(toK); k++) {
        IeeeArithmetic.fma32(x[k], decoded.columns()[k], sums);
      }
    } else if (weights instanceof Indices indices) {
      for (int k = fromK; k < toK; k += spec.dimension()) {
        addVector(x, k, indices, sums);
      }
    }
  }

  private void addVector(float[] x, int k, Indices weights, float[] sums) {
    int perRow = weights.vectors().format().vectors(weights.vectors().columns());
    for (int stage = 0; stage < weights.entries().size(); stage++) {
      float[] table = table(x, k, weights.entries().get(stage));
      int[] indices = weights.vectors().indices().get(stage);
      float[] terms = new float[sums.length];
      for (int j = 0; j < sums.length; j++) {
        terms[j] = table[indices[j * perRow + k / spec.dimension()]];
      }
      IeeeArithmetic.add32(terms, sums);
    }
  }

  /** The dot product of a vector of activations with every entry. */
  private float[] table(float[] x, int k, float[][] entries) {
    float[] table = new float[entries[0].length];
    for (int element = 0; element < entries.length; element++) {
      IeeeArithmetic.fma32(x[k + element], entries[element], table);
    }
    if (!spec.table().equals(Formats.BINARY32)) {
      for (int index = 0; index < table.length; index++) {
        table[index] =
            IeeeArithmetic.round32(rounded(spec.table(), IeeeArithmetic.exact64(table[index])));
      }
    }
    return table;
  }

  @Override
  public Pipeline pipeline() {
    return CodebookHardware.pipeline(spec);
  }

  @Override
  public Inventory inventory() {
    return CodebookHardware.inventory(spec);
  }
}
