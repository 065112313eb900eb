"""What lists say and show of a product stands in its own row. The database keeps it true, whoever writes."""

from django.db import migrations, models

FACE = """
CREATE FUNCTION catalog_face() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    SELECT COALESCE(max(v.title), ''),
           COALESCE(jsonb_object_agg(t.language, t.title) FILTER (WHERE t.language <> v.language), '{}')
    INTO NEW.title, NEW.titles
    FROM catalog_version v LEFT JOIN catalog_translation t ON t.version_id = v.id WHERE v.id = NEW.version_id;
    SELECT COALESCE(max(digest), ''), COALESCE(max(width), 0), COALESCE(max(height), 0)
    INTO NEW.cover_digest, NEW.cover_width, NEW.cover_height
    FROM catalog_picture WHERE id = NEW.cover_id;
    RETURN NEW;
END $$;
CREATE TRIGGER catalog_face
BEFORE INSERT OR UPDATE OF version_id, cover_id, title, titles, cover_digest, cover_width, cover_height ON catalog_product
FOR EACH ROW EXECUTE FUNCTION catalog_face();

CREATE FUNCTION catalog_said() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE catalog_product SET version_id = version_id WHERE version_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER catalog_said AFTER INSERT OR UPDATE OF title, language ON catalog_version
FOR EACH ROW EXECUTE FUNCTION catalog_said();

CREATE FUNCTION catalog_translated() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE catalog_product SET version_id = version_id WHERE version_id IN (OLD.version_id, NEW.version_id);
    RETURN NULL;
END $$;
CREATE TRIGGER catalog_translated AFTER INSERT OR DELETE OR UPDATE OF version_id, language, title ON catalog_translation
FOR EACH ROW EXECUTE FUNCTION catalog_translated();
"""
UNDO = """
DROP TRIGGER catalog_translated ON catalog_translation;
DROP TRIGGER catalog_said ON catalog_version;
DROP TRIGGER catalog_face ON catalog_product;
DROP FUNCTION catalog_translated, catalog_said, catalog_face;
"""


class Migration(migrations.Migration):
    dependencies = [("catalog", "0010_on_sale_since")]

    operations = [
        migrations.AddField("product", "title", models.CharField(max_length=200, editable=False, db_default="")),
        migrations.AddField(
            "product",
            "titles",
            models.JSONField(editable=False, db_default={}, help_text="in other languages than the version's own, by language"),
        ),
        migrations.AddField("product", "cover_digest", models.CharField(max_length=64, editable=False, db_default="")),
        migrations.AddField("product", "cover_width", models.PositiveIntegerField(editable=False, db_default=0)),
        migrations.AddField("product", "cover_height", models.PositiveIntegerField(editable=False, db_default=0)),
        migrations.RunSQL(FACE, UNDO),
        migrations.RunSQL("UPDATE catalog_product SET version_id = version_id", migrations.RunSQL.noop),
    ]
