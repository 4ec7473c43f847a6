-- An independent witness: the raw catalog in words, one line per fact. It shares no text with src.
with shown as (
  select oid, nspname from pg_namespace where nspname !~ '^pg_' and nspname not in ('information_schema', 'lockstep')
), member as (
  select classid, objid from pg_depend where deptype = 'e'
)
select line from (
  select 'schema ' || nspname as line from shown where nspname <> 'public'
  union all
  select 'extension ' || extname || ' ' || extversion from pg_extension where extname <> 'plpgsql'
  union all
  select 'relation ' || s.nspname || '.' || c.relname || ' ' || c.relkind::text || c.relpersistence::text || ' rls ' || c.relrowsecurity || ' ' || coalesce(array_to_string(c.reloptions, ','), '')
  from pg_class c join shown s on s.oid = c.relnamespace where c.relkind <> 't' and not exists (select from pg_depend e where e.classid = 'pg_class'::regclass and e.objid = c.oid and e.deptype = 'i' and c.relkind = 'S') and not exists (select from member m where m.classid = 'pg_class'::regclass and m.objid = c.oid)
  union all
  select 'column ' || s.nspname || '.' || c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || case when a.attnotnull then ' not null' else '' end
    || ' identity(' || a.attidentity::text || ') generated(' || a.attgenerated::text || ') default ' || coalesce(pg_get_expr(d.adbin, d.adrelid), '-')
    || ' collation ' || coalesce((select n.nspname || '.' || l.collname from pg_collation l join pg_namespace n on n.oid = l.collnamespace where l.oid = a.attcollation), '-')
  from pg_attribute a join pg_class c on c.oid = a.attrelid join shown s on s.oid = c.relnamespace
  left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
  where a.attnum > 0 and not a.attisdropped and c.relkind in ('r', 'p', 'v', 'm', 'f', 'c')
  union all
  select 'constraint ' || s.nspname || '.' || c.relname || '.' || k.conname || ' ' || pg_get_constraintdef(k.oid) || ' ' || k.condeferrable || ' ' || k.condeferred || ' ' || k.convalidated
  from pg_constraint k join pg_class c on c.oid = k.conrelid join shown s on s.oid = c.relnamespace where k.contype <> 'n'
  union all
  select 'index ' || pg_get_indexdef(i.indexrelid) || ' ' || i.indisvalid || ' ' || i.indisprimary || ' ' || i.indisunique || ' ' || i.indimmediate
  from pg_index i join pg_class c on c.oid = i.indrelid join shown s on s.oid = c.relnamespace
  union all
  select case when exists (select from pg_depend e where e.classid = 'pg_class'::regclass and e.objid = c.oid and e.deptype = 'i') then 'identity' else 'sequence ' || s.nspname || '.' || c.relname end || ' ' || format_type(q.seqtypid, null) || ' ' || q.seqstart || ' ' || q.seqincrement || ' ' || q.seqmin || ' ' || q.seqmax || ' ' || q.seqcache || ' ' || q.seqcycle
    || ' of ' || coalesce((select o.relnamespace::regnamespace || '.' || o.relname || '.' || a.attname || ' ' || e.deptype::text from pg_depend e join pg_class o on o.oid = e.refobjid join pg_attribute a on a.attrelid = e.refobjid and a.attnum = e.refobjsubid
        where e.classid = 'pg_class'::regclass and e.objid = c.oid and e.refclassid = 'pg_class'::regclass and e.deptype in ('a', 'i')), '-')
  from pg_sequence q join pg_class c on c.oid = q.seqrelid join shown s on s.oid = c.relnamespace
  union all
  select 'enum ' || s.nspname || '.' || t.typname || ' ' || (select string_agg(quote_literal(e.enumlabel), ',' order by e.enumsortorder) from pg_enum e where e.enumtypid = t.oid)
  from pg_type t join shown s on s.oid = t.typnamespace where t.typtype = 'e'
  union all
  select 'domain ' || s.nspname || '.' || t.typname || ' ' || format_type(t.typbasetype, t.typtypmod) || ' ' || t.typnotnull || ' ' || coalesce(t.typdefault, '-')
  from pg_type t join shown s on s.oid = t.typnamespace where t.typtype = 'd'
  union all
  select 'routine ' || pg_get_functiondef(p.oid)
  from pg_proc p join shown s on s.oid = p.pronamespace where p.prokind in ('f', 'p') and not exists (select from member m where m.classid = 'pg_proc'::regclass and m.objid = p.oid)
  union all
  select 'view ' || s.nspname || '.' || c.relname || ' ' || pg_get_viewdef(c.oid) from pg_class c join shown s on s.oid = c.relnamespace where c.relkind in ('v', 'm')
  union all
  select 'trigger ' || pg_get_triggerdef(t.oid) || ' ' || t.tgenabled::text from pg_trigger t join pg_class c on c.oid = t.tgrelid join shown s on s.oid = c.relnamespace where not t.tgisinternal
  union all
  select 'comment ' || i.type || ' ' || i.identity || ': ' || d.description
  from pg_description d cross join lateral pg_identify_object(d.classoid::oid, d.objoid, d.objsubid) i
  where i.schema in (select nspname from shown where nspname <> 'public') or (i.schema = 'public') or (i.type = 'schema' and i.identity in (select quote_ident(nspname) from shown where nspname <> 'public'))
    or (i.type in ('table column', 'table constraint') and split_part(i.identity, '.', 1) not in ('pg_catalog', 'information_schema') and not i.identity ~ '^pg_')
) lines order by line collate "C"
