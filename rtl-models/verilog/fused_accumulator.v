// The rest of a fused dot product behind its products: all terms and the accumulator are aligned to the
// largest exponent, cut there, added exactly and rounded once into the accumulator, a float.
//
// Exponents are sums of exponent fields, signed, X_BITS wide: a product of significands with
// PRODUCT_FRACTION fraction bits and exponent x is worth significand * 2^(x - PRODUCT_FRACTION), up to
// one constant factor that the C_ parameters take off again. A rank of registers between the products,
// their largest exponent among them, and everything that the accumulator takes part in makes the sum and
// its addend a cycle later.
module fused_accumulator #(
  parameter LENGTH           = 1,
  parameter PRODUCT_BITS     = 8,
  parameter PRODUCT_FRACTION = 6,
  parameter X_BITS           = 10,
  // Fraction bits kept below the largest exponent, what becomes of those below, and an exponent that
  // terms are aligned to at least.
  parameter KEPT             = 13,
  parameter FLOOR            = 0,
  parameter LEAST_X          = -512,
  parameter PRODUCT_RANK     = 0,
  // The accumulator format: exponent of an addend with exponent field 0, and of a zero; exponent field
  // of the sum's lowest bit where the largest exponent is 0.
  parameter C_EXPONENT_BITS  = 8,
  parameter C_FRACTION_BITS  = 23,
  parameter C_SPECIALS       = 1,
  parameter C_FIELD_X        = 0,
  parameter C_ZERO_X         = 0,
  parameter C_LOWEST_FIELD   = 0,
  parameter C_FIELD_BITS     = 11,
  parameter C_ROUNDED_BITS   = 23,
  parameter C_NEAREST        = 0,
  parameter C_UNDERFLOWS     = 1,
  // Low bits of a result that are zero unless it is NaN, and have no register.
  parameter C_UNSTORED_BITS  = 0,
  parameter [C_EXPONENT_BITS+C_FRACTION_BITS-1:0] C_LARGEST           = 0,
  parameter [C_EXPONENT_BITS+C_FRACTION_BITS:0]   C_POSITIVE_OVERFLOW = 0,
  parameter [C_EXPONENT_BITS+C_FRACTION_BITS:0]   C_NEGATIVE_OVERFLOW = 0,
  parameter [C_EXPONENT_BITS+C_FRACTION_BITS:0]   C_NAN               = 0
) (
  input                                      clk,
  input                                      first,
  input  [LENGTH-1:0]                        negative,
  input  [LENGTH*PRODUCT_BITS-1:0]           significand,
  input  [LENGTH*X_BITS-1:0]                 exponent,
  input                                      nan,
  input                                      positive_infinity,
  input                                      negative_infinity,
  input  [C_EXPONENT_BITS+C_FRACTION_BITS:0] addend,
  output [C_EXPONENT_BITS+C_FRACTION_BITS:0] sum
);
  localparam TERMS     = LENGTH + 1;
  localparam C_BITS    = C_EXPONENT_BITS + C_FRACTION_BITS + 1;
  localparam WINDOW    = KEPT + 2;
  localparam TERM_BITS = WINDOW + 1;
  localparam SUM_BITS  = TERM_BITS + $clog2(TERMS);

  wire                           starts;
  wire [LENGTH-1:0]              minus_signs;
  wire [LENGTH*PRODUCT_BITS-1:0] significands;
  wire [LENGTH*X_BITS-1:0]       exponents;
  wire [2:0]                     extremes;
  delay #(
    .BITS(1 + LENGTH + LENGTH*PRODUCT_BITS + LENGTH*X_BITS + 3), .CYCLES(PRODUCT_RANK)
  ) product_rank (
    .clk(clk),
    .word({first, negative, significand, exponent, nan, positive_infinity, negative_infinity}),
    .delayed({starts, minus_signs, significands, exponents, extremes}));

  // The accumulator is one more term.
  wire                       c_negative, c_zero, c_nan, c_infinite;
  wire [C_FRACTION_BITS:0]   c_significand;
  wire [C_EXPONENT_BITS-1:0] c_field;
  float_unpack #(
    .EXPONENT_BITS(C_EXPONENT_BITS), .FRACTION_BITS(C_FRACTION_BITS), .SIGNED(1),
    .ZERO_EXPONENT(0), .SPECIALS(C_SPECIALS)
  ) unpack (
    .code(starts ? addend : sum), .negative(c_negative), .significand(c_significand),
    .field(c_field), .zero(c_zero), .nan(c_nan), .infinite(c_infinite));
  wire signed [X_BITS-1:0] c_exponent =
      c_zero ? C_ZERO_X : $signed({1'b0, c_field}) + C_FIELD_X;

  wire signed [X_BITS-1:0] present;
  generate
    if (PRODUCT_RANK == 0) begin : together
      maximum_tree #(.TERMS(TERMS), .BITS(X_BITS)) maximum (
        .terms({c_exponent, exponents}), .largest(present));
    end else begin : products_before
      wire [X_BITS-1:0] of_products;
      wire [X_BITS-1:0] of_products_ranked;
      maximum_tree #(.TERMS(LENGTH), .BITS(X_BITS)) maximum (
        .terms(exponent), .largest(of_products));
      delay #(.BITS(X_BITS), .CYCLES(PRODUCT_RANK)) rank (
        .clk(clk), .word(of_products), .delayed(of_products_ranked));
      maximum_tree #(.TERMS(2), .BITS(X_BITS)) with_addend (
        .terms({c_exponent, of_products_ranked}), .largest(present));
    end
  endgenerate
  wire signed [X_BITS-1:0] least   = LEAST_X;
  wire signed [X_BITS-1:0] largest = present > least ? present : least;

  wire [TERMS*TERM_BITS-1:0] terms;
  genvar k;
  generate
    for (k = 0; k < LENGTH; k = k + 1) begin : lane
      wire [X_BITS-1:0] below = largest - exponents[k*X_BITS +: X_BITS];
      align #(
        .BITS(PRODUCT_BITS),
        .LEFT(KEPT > PRODUCT_FRACTION ? KEPT - PRODUCT_FRACTION : 0),
        .RIGHT(KEPT < PRODUCT_FRACTION ? PRODUCT_FRACTION - KEPT : 0),
        .WINDOW(WINDOW), .AMOUNT_BITS(X_BITS), .FLOOR(FLOOR)
      ) cut (
        .negative(minus_signs[k]), .magnitude(significands[k*PRODUCT_BITS +: PRODUCT_BITS]),
        .amount(below), .term(terms[k*TERM_BITS +: TERM_BITS]));
    end
  endgenerate
  wire [X_BITS-1:0] c_below = largest - c_exponent;
  align #(
    .BITS(C_FRACTION_BITS + 1),
    .LEFT(KEPT > C_FRACTION_BITS ? KEPT - C_FRACTION_BITS : 0),
    .RIGHT(KEPT < C_FRACTION_BITS ? C_FRACTION_BITS - KEPT : 0),
    .WINDOW(WINDOW), .AMOUNT_BITS(X_BITS), .FLOOR(FLOOR)
  ) c_cut (
    .negative(c_negative), .magnitude(c_significand), .amount(c_below),
    .term(terms[LENGTH*TERM_BITS +: TERM_BITS]));

  wire [SUM_BITS-1:0] exact;
  adder_tree #(.TERMS(TERMS), .BITS(TERM_BITS), .SIGNED(1)) tree (.terms(terms), .sum(exact));

  wire signed [C_FIELD_BITS-1:0] lowest_field = largest + C_LOWEST_FIELD;
  wire [C_BITS-1:0] rounded;
  normalise_round #(
    .BITS(SUM_BITS), .SIGNED(1), .EXPONENT_BITS(C_EXPONENT_BITS),
    .FRACTION_BITS(C_FRACTION_BITS), .ROUNDED_BITS(C_ROUNDED_BITS), .NEAREST(C_NEAREST),
    .FIELD_BITS(C_FIELD_BITS), .UNDERFLOWS(C_UNDERFLOWS), .LARGEST(C_LARGEST),
    .POSITIVE_OVERFLOW(C_POSITIVE_OVERFLOW), .NEGATIVE_OVERFLOW(C_NEGATIVE_OVERFLOW)
  ) round (.number(exact), .lowest_field(lowest_field), .code(rounded));

  wire plus    = extremes[1] | (c_infinite & ~c_negative);
  wire minus   = extremes[0] | (c_infinite & c_negative);
  wire invalid = extremes[2] | c_nan | (plus & minus);
  wire [C_BITS-1:0] next = invalid ? C_NAN
                         : plus    ? C_POSITIVE_OVERFLOW
                         : minus   ? C_NEGATIVE_OVERFLOW
                         : rounded;

  reg [C_BITS-C_UNSTORED_BITS-1:0] stored;
  always @(posedge clk) stored <= next[C_BITS-1:C_UNSTORED_BITS];
  generate
    if (C_UNSTORED_BITS > 0) begin : short
      wire is_nan = stored == C_NAN[C_BITS-1:C_UNSTORED_BITS];
      assign sum = {stored, {C_UNSTORED_BITS{is_nan}}};
    end else begin : whole
      assign sum = stored;
    end
  endgenerate
endmodule
