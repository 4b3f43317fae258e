"""What parcels that left before were to collect is written down: with whom the cash is, paid, still expected, or never paid."""

from django.db import migrations

WRITE_DOWN = """
INSERT INTO payments_cashcollection (
    part, cooperative_id, holder_kind, holder, held_by_id, expected_centimes, collected_centimes, state, left_at, collected_at
)
SELECT
    part,
    cooperative_id,
    CASE WHEN is_with_carrier THEN 'carrier' WHEN keeper_id <> seller_id THEN 'pickup_point' ELSE 'cooperative' END,
    CASE
        WHEN is_with_carrier THEN carrier
        WHEN keeper_id <> seller_id THEN 'pickup:' || point_id
        ELSE 'cooperative:' || seller_id
    END,
    CASE WHEN is_with_carrier THEN NULL ELSE coalesce(keeper_id, seller_id) END,
    due_centimes,
    captured_centimes,
    state,
    coalesce(handed_over_at, delivered_at, now()),
    CASE WHEN state = 'collected' THEN coalesce(delivered_at, now()) END
FROM (
    SELECT
        allocation.reference AS part,
        placed.cooperative_id,
        coalesce(seller.merged_into_id, seller.id) AS seller_id,
        parcel.carrier,
        parcel.handed_over_at,
        parcel.delivered_at,
        allocation.due_centimes,
        allocation.captured_centimes,
        point.id AS point_id,
        coalesce(keeper.merged_into_id, keeper.id) AS keeper_id,
        parcel.carrier NOT IN ('pickup', 'driver') AND parcel.point_name = '' AND parcel.handed_over_at IS NOT NULL
            AND NOT EXISTS (SELECT FROM orders_parceldriver driver WHERE driver.fulfilment_id = parcel.id) AS is_with_carrier,
        CASE
            WHEN allocation.captured_centimes > 0 THEN 'collected'
            WHEN parcel.status IN ('handed_over', 'in_transit') THEN 'expected'
            ELSE 'refused'
        END AS state
    FROM orders_fulfilment parcel
    JOIN orders_order placed ON placed.id = parcel.order_id
    JOIN orders_ordergroup purchase ON purchase.id = placed.group_id AND purchase.pay_with = 'cash_on_delivery'
    JOIN directory_organisation seller ON seller.id = placed.cooperative_id
    JOIN payments_allocation allocation ON allocation.reference = 'order:' || placed.id AND allocation.due_centimes > 0
    LEFT JOIN delivery_pickuppoint point
        ON parcel.point_name <> '' AND point.id::text = substring(parcel.option_code FROM ':([0-9]+)$')
    LEFT JOIN directory_organisation keeper ON keeper.id = point.cooperative_id
    WHERE parcel.handed_over_at IS NOT NULL OR parcel.delivered_at IS NOT NULL
) gone
ON CONFLICT (part) DO NOTHING
"""


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0028_payment_reminders"),
        ("delivery", "0009_hand_overs"),
        ("payments", "0004_cash_at_the_door"),
    ]

    operations = [migrations.RunSQL(WRITE_DOWN, migrations.RunSQL.noop)]
