package macroscope.onnx;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.commons.numbers.gamma.Erf;

/** The ONNX operators that a network may consist of; those of com.microsoft at the end. */
public enum Operator {
  GEMM("Gemm", 2, 3, Multiplying::gemm),
  MATMUL("MatMul", 2, 2, Multiplying::matmul),
  CONV("Conv", 2, 3, Multiplying::convolve),
  MATMUL_INTEGER("MatMulInteger", 2, 4, IntegerMultiplying::matmul),
  CONV_INTEGER("ConvInteger", 2, 4, IntegerMultiplying::convolve),
  QLINEAR_MATMUL("QLinearMatMul", 8, 8, IntegerMultiplying::quantizedMatmul),
  QLINEAR_CONV("QLinearConv", 8, 9, IntegerMultiplying::quantizedConvolve),
  QUANTIZE_LINEAR("QuantizeLinear", 2, 3, Quantizing::quantize),
  DEQUANTIZE_LINEAR("DequantizeLinear", 2, 3, Quantizing::dequantize),
  DYNAMIC_QUANTIZE_LINEAR("DynamicQuantizeLinear", 1, 1, Quantizing::quantizeDynamically),
  MAX_POOL("MaxPool", 1, 1, Images::maxPool),
  AVERAGE_POOL("AveragePool", 1, 1, Images::averagePool),
  GLOBAL_AVERAGE_POOL("GlobalAveragePool", 1, 1, Reduction.ofImages(Reduction::mean)),
  GLOBAL_MAX_POOL("GlobalMaxPool", 1, 1, Reduction.ofImages(Reduction::largest)),
  RESIZE("Resize", 1, 4, Resizing::resize),
  UPSAMPLE("Upsample", 1, 2, Resizing::resize),
  RELU("Relu", 1, 1, Unary.of(x -> Math.max(x, 0))),
  LEAKY_RELU("LeakyRelu", 1, 1, Unary.by(Unary::leakyRelu)),
  PRELU("PRelu", 2, 2, Broadcast.arithmetic(Broadcast.each(Unary::parametricRelu))),
  ELU("Elu", 1, 1, Unary.by(Unary::elu)),
  CELU("Celu", 1, 1, Unary.by(Unary::celu)),
  SELU("Selu", 1, 1, Unary.by(Unary::selu)),
  THRESHOLDED_RELU("ThresholdedRelu", 1, 1, Unary.by(Unary::thresholdedRelu)),
  SIGMOID("Sigmoid", 1, 1, Unary.of(Unary::sigmoid)),
  HARD_SIGMOID("HardSigmoid", 1, 1, Unary.by(Unary::hardSigmoid)),
  HARD_SWISH("HardSwish", 1, 1, Unary.of(Unary::hardSwish)),
  SWISH("Swish", 1, 1, Unary.by(Unary.swish(1))),
  MISH("Mish", 1, 1, Unary.of(x -> x * StrictMath.tanh(Unary.softplus(x)))),
  GELU("Gelu", 1, 1, Unary.by(Unary::gelu)),
  SOFTPLUS("Softplus", 1, 1, Unary.of(Unary::softplus)),
  SOFTSIGN("Softsign", 1, 1, Unary.of(x -> x / (1 + Math.abs(x)))),
  TANH("Tanh", 1, 1, Unary.of(StrictMath::tanh)),
  ERF("Erf", 1, 1, Unary.of(Erf::value)),
  SQRT("Sqrt", 1, 1, Unary.of(Math::sqrt)),
  RECIPROCAL("Reciprocal", 1, 1, Unary.of(x -> 1 / x)),
  EXP("Exp", 1, 1, Unary.of(StrictMath::exp)),
  LOG("Log", 1, 1, Unary.of(StrictMath::log)),
  SIN("Sin", 1, 1, Unary.of(StrictMath::sin)),
  COS("Cos", 1, 1, Unary.of(StrictMath::cos)),
  NEG("Neg", 1, 1, Unary.of(x -> -x)),
  ABS("Abs", 1, 1, Unary.of(Math::abs)),
  SIGN("Sign", 1, 1, Unary.of(Math::signum)),
  FLOOR("Floor", 1, 1, Unary.of(Math::floor)),
  CEIL("Ceil", 1, 1, Unary.of(Math::ceil)),
  ROUND("Round", 1, 1, Unary.of(Math::rint)),
  NOT("Not", 1, 1, Unary.test(x -> x == 0 ? 1 : 0)),
  IS_NAN("IsNaN", 1, 1, Unary.test(x -> Double.isNaN(x) ? 1 : 0)),
  IS_INF("IsInf", 1, 1, call -> Unary.test(Unary.isInfinite(call.attributes())).apply(call)),
  CLIP("Clip", 1, 3, Unary::clip),
  CAST("Cast", 1, 1, Unary::cast),
  CAST_LIKE("CastLike", 2, 2, Unary::castLike),
  DROPOUT("Dropout", 1, 3, Unary::dropout),
  ADD("Add", 2, 2, Broadcast.arithmetic(Broadcast.ADD)),
  SUB("Sub", 2, 2, Broadcast.arithmetic(Broadcast.SUB)),
  MUL("Mul", 2, 2, Broadcast.arithmetic(Broadcast.MUL)),
  DIV("Div", 2, 2, Broadcast.arithmetic(Broadcast.DIV)),
  POW("Pow", 2, 2, Broadcast.arithmetic(Broadcast.each(Unary::power))),
  MOD("Mod", 2, 2, Unary::remainder),
  SUM("Sum", 1, Operator.ANY, Broadcast.variadic(Double::sum)),
  MEAN("Mean", 1, Operator.ANY, Broadcast::mean),
  MAX("Max", 1, Operator.ANY, Broadcast.variadic(Math::max)),
  MIN("Min", 1, Operator.ANY, Broadcast.variadic(Math::min)),
  EQUAL("Equal", 2, 2, Broadcast.relation((x, y) -> x == y ? 1 : 0)),
  LESS("Less", 2, 2, Broadcast.relation((x, y) -> x < y ? 1 : 0)),
  LESS_OR_EQUAL("LessOrEqual", 2, 2, Broadcast.relation((x, y) -> x <= y ? 1 : 0)),
  GREATER("Greater", 2, 2, Broadcast.relation((x, y) -> x > y ? 1 : 0)),
  GREATER_OR_EQUAL("GreaterOrEqual", 2, 2, Broadcast.relation((x, y) -> x >= y ? 1 : 0)),
  AND("And", 2, 2, Broadcast.relation((x, y) -> x != 0 && y != 0 ? 1 : 0)),
  OR("Or", 2, 2, Broadcast.relation((x, y) -> x != 0 || y != 0 ? 1 : 0)),
  XOR("Xor", 2, 2, Broadcast.relation((x, y) -> (x != 0) != (y != 0) ? 1 : 0)),
  WHERE("Where", 3, 3, Broadcast::where),
  EXPAND("Expand", 2, 2, Broadcast::expand),
  REDUCE_MEAN("ReduceMean", 1, 2, Reduction.of(Reduction::mean)),
  REDUCE_SUM("ReduceSum", 1, 2, Reduction.of(Reduction::sum)),
  REDUCE_MAX("ReduceMax", 1, 2, Reduction.of(Reduction::largest)),
  REDUCE_MIN("ReduceMin", 1, 2, Reduction.of(Reduction::smallest)),
  REDUCE_PROD("ReduceProd", 1, 2, Reduction.of(Reduction::product)),
  REDUCE_L1("ReduceL1", 1, 2, Reduction.of(Reduction::absolutes)),
  REDUCE_L2("ReduceL2", 1, 2, Reduction.of(Reduction::norm)),
  REDUCE_SUM_SQUARE("ReduceSumSquare", 1, 2, Reduction.of(Reduction::squares)),
  REDUCE_LOG_SUM("ReduceLogSum", 1, 2, Reduction.of(Reduction::logSum)),
  REDUCE_LOG_SUM_EXP("ReduceLogSumExp", 1, 2, Reduction.of(Reduction::logSumExp)),
  ARG_MAX("ArgMax", 1, 1, Reduction.argument(1)),
  ARG_MIN("ArgMin", 1, 1, Reduction.argument(-1)),
  SOFTMAX("Softmax", 1, 1, Normalization::softmax),
  LOG_SOFTMAX("LogSoftmax", 1, 1, Normalization::logSoftmax),
  LAYER_NORMALIZATION("LayerNormalization", 2, 3, Normalization::layer),
  RMS_NORMALIZATION("RMSNormalization", 2, 2, Normalization::rootMeanSquare),
  BATCH_NORMALIZATION("BatchNormalization", 5, 5, Normalization::batch),
  INSTANCE_NORMALIZATION("InstanceNormalization", 3, 3, Normalization::instance),
  GROUP_NORMALIZATION("GroupNormalization", 3, 3, Normalization::group),
  LP_NORMALIZATION("LpNormalization", 1, 1, Normalization::norm),
  IDENTITY("Identity", 1, 1, Shaping::identity),
  RESHAPE("Reshape", 2, 2, Shaping::reshape),
  FLATTEN("Flatten", 1, 1, Shaping::flatten),
  SQUEEZE("Squeeze", 1, 2, Shaping::squeeze),
  UNSQUEEZE("Unsqueeze", 1, 2, Shaping::unsqueeze),
  SHAPE("Shape", 1, 1, Shaping::shape),
  SIZE("Size", 1, 1, Shaping::size),
  CONSTANT_OF_SHAPE("ConstantOfShape", 1, 1, Shaping::constantOfShape),
  RANGE("Range", 3, 3, Shaping::range),
  EYE_LIKE("EyeLike", 1, 1, Shaping::eyeLike),
  TRANSPOSE("Transpose", 1, 1, Layout::transpose),
  SLICE("Slice", 1, 5, Layout::slice),
  CONCAT("Concat", 1, Operator.ANY, Layout::concat),
  SPLIT("Split", 1, 2, Layout::split),
  TILE("Tile", 2, 2, Layout::tile),
  PAD("Pad", 1, 4, Layout::pad),
  DEPTH_TO_SPACE("DepthToSpace", 1, 1, Layout::depthToSpace),
  SPACE_TO_DEPTH("SpaceToDepth", 1, 1, Layout::spaceToDepth),
  GATHER("Gather", 2, 2, Gathering::gather),
  GATHER_ELEMENTS("GatherElements", 2, 2, Gathering::gatherElements),
  GATHER_ND("GatherND", 2, 2, Gathering::gatherNd),
  SCATTER_ELEMENTS("ScatterElements", 3, 3, Gathering::scatterElements),
  SCATTER_ND("ScatterND", 3, 3, Gathering::scatterNd),
  ONE_HOT("OneHot", 3, 3, Gathering::oneHot),
  TRILU("Trilu", 1, 2, Gathering::triangle),
  CUM_SUM("CumSum", 2, 2, Gathering::runningSum),
  NON_ZERO("NonZero", 1, 1, Gathering::nonZero),
  TOP_K("TopK", 1, 2, Gathering::topK),
  FUSED_MATMUL("com.microsoft.FusedMatMul", 2, 2, Multiplying::fusedMatmul),
  MICROSOFT_GELU("com.microsoft.Gelu", 1, 1, Unary.of(Unary::gelu)),
  BIAS_GELU("com.microsoft.BiasGelu", 2, 2, Normalization.ofSum(Unary::gelu)),
  FAST_GELU("com.microsoft.FastGelu", 1, 2, Normalization.ofSum(Unary::geluByTanh)),
  QUICK_GELU("com.microsoft.QuickGelu", 1, 1, Unary.by(Unary.swish(1.702f))),
  SKIP_LAYER_NORMALIZATION("com.microsoft.SkipLayerNormalization", 3, 5, Normalization::skipLayer),
  MICROSOFT_QUANTIZE_LINEAR("com.microsoft.QuantizeLinear", 2, 3, Quantizing::quantize),
  MICROSOFT_DEQUANTIZE_LINEAR("com.microsoft.DequantizeLinear", 2, 3, Quantizing::dequantize);

  private static final int ANY = Integer.MAX_VALUE;

  private final String onnxName;
  private final int minInputs;
  private final int maxInputs;
  private final Kernel kernel;

  Operator(String onnxName, int minInputs, int maxInputs, Kernel kernel) {
    this.onnxName = onnxName;
    this.minInputs = minInputs;
    this.maxInputs = maxInputs;
    this.kernel = kernel;
  }

  /** The name in the ONNX operator list; behind its domain if that is another. */
  public String onnxName() {
    return onnxName;
  }

  /** Whether a node of this operator may have so many inputs. */
  boolean takes(int inputs) {
    return inputs >= minInputs && inputs <= maxInputs;
  }

  /** Whether constants may go through it before a network runs: it is no product and no softmax. */
  boolean isFoldable() {
    return switch (this) {
      case GEMM,
          MATMUL,
          CONV,
          MATMUL_INTEGER,
          CONV_INTEGER,
          QLINEAR_MATMUL,
          QLINEAR_CONV,
          FUSED_MATMUL,
          SOFTMAX ->
          false;
      default -> true;
    };
  }

  List<Result> apply(Call call) {
    return kernel.apply(call);
  }

  static Optional<Operator> byOnnxName(String name) {
    return Arrays.stream(values()).filter(o -> o.onnxName.equals(name)).findFirst();
  }
}
