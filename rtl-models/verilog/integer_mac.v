// Integer multiply-accumulate array: LENGTH exact products, an exact adder tree, one accumulator.
// Twin of macroscope.unit.IntegerMacUnit.
//
// A pass enters each clock cycle: a and b are registered, and the next edge loads the sum. The pass
// with first = 1 starts a sum from addend, which is read in the cycle after its operands entered.
// Element k lies at a[k*A_BITS +: A_BITS]. Ranks of registers behind the products and behind the adder
// tree each make results and addend a cycle later.
module integer_mac #(
  parameter A_BITS     = 8,
  parameter A_SIGNED   = 1,
  parameter B_BITS     = 8,
  parameter B_SIGNED   = 1,
  parameter LENGTH     = 1,
  parameter ACC_BITS   = 32,
  parameter SATURATING = 0,
  parameter PRODUCT_RANK = 0,
  parameter TREE_RANK    = 0
) (
  input                      clk,
  input                      first,
  input  [LENGTH*A_BITS-1:0] a,
  input  [LENGTH*B_BITS-1:0] b,
  input  [ACC_BITS-1:0]      addend,
  output reg [ACC_BITS-1:0]  sum,
  // The operand registers, from which neighbours in an array take their operands.
  output reg [LENGTH*A_BITS-1:0] a_entered,
  output reg [LENGTH*B_BITS-1:0] b_entered
);
  localparam PRODUCT_BITS = A_BITS + B_BITS;
  localparam PASS_BITS    = PRODUCT_BITS + $clog2(LENGTH);
  localparam PASS_SIGNED  = (A_SIGNED != 0 || B_SIGNED != 0) ? 1 : 0;

  reg first_entered;
  always @(posedge clk) begin
    first_entered <= first;
    a_entered     <= a;
    b_entered     <= b;
  end

  wire [LENGTH*PRODUCT_BITS-1:0] products;
  genvar k;
  generate
    for (k = 0; k < LENGTH; k = k + 1) begin : lane
      integer_multiplier #(
        .A_BITS(A_BITS), .A_SIGNED(A_SIGNED), .B_BITS(B_BITS), .B_SIGNED(B_SIGNED)
      ) multiply (
        .a(a_entered[k*A_BITS +: A_BITS]),
        .b(b_entered[k*B_BITS +: B_BITS]),
        .product(products[k*PRODUCT_BITS +: PRODUCT_BITS]));
    end
  endgenerate

  wire [LENGTH*PRODUCT_BITS-1:0] terms;
  wire [PASS_BITS-1:0]           total;
  wire [PASS_BITS-1:0]           pass;
  wire                           starts;
  delay #(.BITS(LENGTH*PRODUCT_BITS), .CYCLES(PRODUCT_RANK)) product_rank (
    .clk(clk), .word(products), .delayed(terms));
  adder_tree #(.TERMS(LENGTH), .BITS(PRODUCT_BITS), .SIGNED(PASS_SIGNED)) tree (
    .terms(terms), .sum(total));
  delay #(.BITS(PASS_BITS), .CYCLES(TREE_RANK)) tree_rank (
    .clk(clk), .word(total), .delayed(pass));
  delay #(.BITS(1), .CYCLES(PRODUCT_RANK + TREE_RANK)) first_rank (
    .clk(clk), .word(first_entered), .delayed(starts));

  wire [ACC_BITS-1:0] next;
  integer_accumulator #(
    .PASS_BITS(PASS_BITS), .PASS_SIGNED(PASS_SIGNED), .ACC_BITS(ACC_BITS), .SATURATING(SATURATING)
  ) accumulate (
    .accumulator(starts ? addend : sum), .pass(pass), .next(next));

  always @(posedge clk) sum <= next;
endmodule
