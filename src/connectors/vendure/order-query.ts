const address = 'fullName company streetLine1 streetLine2 city province postalCode countryCode phoneNumber'

/** What is asked of an order that the hub tells. How many digits its amounts have is a matter of the shop, not of the currency. */
export const ordersQuery = `query ($options: OrderListOptions) {
  globalSettings { serverConfig { moneyStrategyPrecision } }
  orders(options: $options) {
    items {
      id code state createdAt updatedAt orderPlacedAt currencyCode couponCodes
      customer { id emailAddress firstName lastName phoneNumber }
      shippingAddress { ${address} }
      billingAddress { ${address} }
      subTotal subTotalWithTax shipping shippingWithTax total totalWithTax
      discounts { description amount amountWithTax }
      surcharges { description sku price priceWithTax taxRate }
      taxSummary { description taxRate taxBase taxTotal }
      shippingLines { shippingMethod { code name } discountedPrice discountedPriceWithTax }
      lines {
        id quantity orderPlacedQuantity productVariant { sku name }
        unitPrice unitPriceWithTax proratedLinePrice proratedLinePriceWithTax taxRate
        discounts { description amount amountWithTax }
      }
      fulfillments { id state method trackingCode lines { orderLineId quantity } }
    }
  }
}`
