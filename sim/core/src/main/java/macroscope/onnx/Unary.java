package macroscope.onnx;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import org.apache.commons.numbers.gamma.Erf;

/** Operations on single elements, in double precision. NaN passes. */
final class Unary {
  private static final double SELU_ALPHA = 1.67326319217681884765625; // ONNX operator Selu
  private static final double SELU_GAMMA = 1.05070102214813232421875;
  private static final double ROOT_OF_TWO = Math.sqrt(2);

  private Unary() {}

  /** An operator that is a function. */
  static Kernel of(DoubleUnaryOperator function) {
    return by(attributes -> function);
  }

  /** An operator whose function depends on attributes. */
  static Kernel by(Function<Attributes, DoubleUnaryOperator> made) {
    return call -> {
      DoubleUnaryOperator function = made.apply(call.attributes());
      return Result.one(call.type(0), call.shape(0), () -> map(call.values(0), function));
    };
  }

  /** A function that says true or false. */
  static Kernel test(DoubleUnaryOperator function) {
    return call -> Result.one(ElementType.BOOL, call.shape(0), () -> map(call.values(0), function));
  }

  static double[] map(double[] x, DoubleUnaryOperator function) {
    double[] out = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      out[i] = function.applyAsDouble(x[i]);
    }
    return out;
  }

  static double sigmoid(double x) {
    return 1 / (1 + StrictMath.exp(-x));
  }

  static double softplus(double x) {
    return x > 0 ? x + StrictMath.log1p(StrictMath.exp(-x)) : StrictMath.log1p(StrictMath.exp(x));
  }

  static DoubleUnaryOperator leakyRelu(Attributes attributes) {
    double alpha = attributes.real("alpha", 0.01f);
    return x -> x < 0 ? alpha * x : x;
  }

  static DoubleUnaryOperator elu(Attributes attributes) {
    double alpha = attributes.real("alpha", 1);
    return x -> x < 0 ? alpha * StrictMath.expm1(x) : x;
  }

  static DoubleUnaryOperator celu(Attributes attributes) {
    double alpha = attributes.real("alpha", 1);
    return x -> Math.max(0, x) + Math.min(0, alpha * StrictMath.expm1(x / alpha));
  }

  static DoubleUnaryOperator selu(Attributes attributes) {
    double alpha = attributes.real("alpha", SELU_ALPHA);
    double gamma = attributes.real("gamma", SELU_GAMMA);
    return x -> gamma * (x > 0 ? x : alpha * StrictMath.expm1(x));
  }

  static DoubleUnaryOperator thresholdedRelu(Attributes attributes) {
    double alpha = attributes.real("alpha", 1);
    return x -> x > alpha ? x : 0;
  }

  static DoubleUnaryOperator hardSigmoid(Attributes attributes) {
    double alpha = attributes.real("alpha", 0.2f);
    double beta = attributes.real("beta", 0.5f);
    return x -> Math.max(0, Math.min(1, alpha * x + beta));
  }

  /** {@code x max(0, min(1, x / 6 + 1/2))}. */
  static double hardSwish(double x) {
    return x * Math.max(0, Math.min(1, x / 6 + 0.5));
  }

  /** Gelu of opset 20, by erf or by tanh. */
  static DoubleUnaryOperator gelu(Attributes attributes) {
    return attributes.text("approximate", "none").equals("tanh") ? Unary::geluByTanh : Unary::gelu;
  }

  static double gelu(double x) {
    return x / 2 * (1 + Erf.value(x / ROOT_OF_TWO));
  }

  static double geluByTanh(double x) {
    return x / 2 * (1 + StrictMath.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));
  }

  /** {@code x sigmoid(alpha x)}: Swish, and QuickGelu of com.microsoft. */
  static Function<Attributes, DoubleUnaryOperator> swish(double otherwise) {
    return attributes -> {
      double alpha = attributes.real("alpha", otherwise);
      return x -> x * sigmoid(alpha * x);
    };
  }

  static DoubleUnaryOperator isInfinite(Attributes attributes) {
    boolean negative = attributes.integer("detect_negative", 1) != 0;
    boolean positive = attributes.integer("detect_positive", 1) != 0;
    return x -> Double.isInfinite(x) && (x < 0 ? negative : positive) ? 1 : 0;
  }

  /** {@code x^y}; squares and cubes are products, as runtimes compute them. */
  static double power(double x, double y) {
    if (y == 2) {
      return x * x;
    }
    if (y == 3) {
      return x * x * x;
    }
    return y == 0.5 ? Math.sqrt(x) : StrictMath.pow(x, y);
  }

  /** Clip: limits as attributes before opset 11, as operands since. */
  static List<Result> clip(Call call) {
    return Result.one(
        call.type(0),
        call.shape(0),
        () -> {
          double least = limit(call, 1, "min", Double.NEGATIVE_INFINITY);
          double most = limit(call, 2, "max", Double.POSITIVE_INFINITY);
          return map(call.values(0), x -> Math.min(Math.max(x, least), most));
        });
  }

  private static double limit(Call call, int operand, String attribute, double otherwise) {
    return call.has(operand)
        ? call.values(operand)[0]
        : call.attributes().real(attribute, otherwise);
  }

  /** Cast: to the type of the attribute {@code to}. */
  static List<Result> cast(Call call) {
    int number = call.attributes().integer("to", 0);
    ElementType type =
        ElementType.byNumber(number)
            .orElseThrow(() -> call.refuse("the type to cast to is not supported: " + number));
    return converted(call, type);
  }

  /** CastLike: to the type of the second operand. */
  static List<Result> castLike(Call call) {
    return converted(call, call.type(1));
  }

  private static List<Result> converted(Call call, ElementType type) {
    return Result.one(type, call.shape(0), () -> map(call.values(0), type::converted));
  }

  /** The operand and a mask of nothing but true, as Dropout gives when a network is not trained. */
  static List<Result> dropout(Call call) {
    call.require(
        call.node().outputs().size() == 1, "a mask of what is dropped has no use in inference");
    return Result.reshaped(call, call.shape(0));
  }

  /** PRelu: another slope for negative elements. */
  static double parametricRelu(double x, double slope) {
    return x < 0 ? slope * x : x;
  }

  /** Mod: the sign of the divisor, or of the dividend with the attribute fmod. */
  static List<Result> remainder(Call call) {
    boolean asC = call.attributes().integer("fmod", 0) != 0;
    return Broadcast.arithmetic(
            Broadcast.each(asC ? (x, y) -> x % y : (x, y) -> x - Math.floor(x / y) * y))
        .apply(call);
  }
}
