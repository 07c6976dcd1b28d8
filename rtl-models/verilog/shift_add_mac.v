// Integers times sums of powers of two without multipliers: LENGTH lanes of shifters, an exact adder tree,
// one accumulator. Twin of macroscope.unit.MacUnit with a ShiftAddition and an Accumulation.IntegerSum.
//
// A pass enters each clock cycle: a and b are registered, and the next edge loads the sum. The pass
// with first = 1 starts a sum from addend, which is read in the cycle after its operands entered.
// Element k lies at a[k*A_BITS +: A_BITS].
module shift_add_mac #(
  parameter A_BITS       = 8,
  parameter A_SIGNED     = 1,
  parameter B_BITS       = 4,
  parameter POWERS       = 2,
  parameter PLACE_BITS   = 3,
  parameter CUT          = 0,
  parameter PRODUCT_BITS = 16,
  parameter LENGTH       = 1,
  parameter ACC_BITS     = 32,
  parameter SATURATING   = 0,
  // The weight of each code, as shift_add_lane has it.
  parameter [(1<<B_BITS)*(POWERS*(PLACE_BITS+1)+1)-1:0] WEIGHTS = 0
) (
  input                      clk,
  input                      first,
  input  [LENGTH*A_BITS-1:0] a,
  input  [LENGTH*B_BITS-1:0] b,
  input  [ACC_BITS-1:0]      addend,
  output reg [ACC_BITS-1:0]  sum
);
  localparam WEIGHT_BITS = POWERS * (PLACE_BITS + 1) + 1;
  localparam PASS_BITS   = PRODUCT_BITS + $clog2(LENGTH);

  reg                     first_entered;
  reg [LENGTH*A_BITS-1:0] a_entered;
  reg [LENGTH*B_BITS-1:0] b_entered;
  always @(posedge clk) begin
    first_entered <= first;
    a_entered     <= a;
    b_entered     <= b;
  end

  wire [LENGTH*WEIGHT_BITS-1:0]  weights;
  wire [LENGTH*PRODUCT_BITS-1:0] products;
  decode_table #(
    .CODE_BITS(B_BITS), .WORD_BITS(WEIGHT_BITS), .LENGTH(LENGTH), .WORDS(WEIGHTS)
  ) decode (.codes(b_entered), .words(weights));
  genvar k;
  generate
    for (k = 0; k < LENGTH; k = k + 1) begin : lane
      shift_add_lane #(
        .A_BITS(A_BITS), .A_SIGNED(A_SIGNED), .POWERS(POWERS), .PLACE_BITS(PLACE_BITS),
        .CUT(CUT), .PRODUCT_BITS(PRODUCT_BITS)
      ) multiply (
        .a(a_entered[k*A_BITS +: A_BITS]),
        .weight(weights[k*WEIGHT_BITS +: WEIGHT_BITS]),
        .product(products[k*PRODUCT_BITS +: PRODUCT_BITS]));
    end
  endgenerate

  wire [PASS_BITS-1:0] pass;
  adder_tree #(.TERMS(LENGTH), .BITS(PRODUCT_BITS), .SIGNED(1)) tree (
    .terms(products), .sum(pass));

  wire [ACC_BITS-1:0] next;
  integer_accumulator #(
    .PASS_BITS(PASS_BITS), .PASS_SIGNED(1), .ACC_BITS(ACC_BITS), .SATURATING(SATURATING)
  ) accumulate (
    .accumulator(first_entered ? addend : sum), .pass(pass), .next(next));

  always @(posedge clk) sum <= next;
endmodule
