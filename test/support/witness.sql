-- An independent witness: the raw catalog in words, one line per fact. It shares no text with src.
with shown as (
  select oid, nspname, nspacl, nspowner from pg_namespace where nspname !~ '^pg_' and nspname not in ('information_schema', 'lockstep')
), member as (
  select classid, objid from pg_depend where deptype = 'e'
), privilege(line, acl, owner) as (
  select 'schema ' || nspname, coalesce(nspacl, acldefault('n', nspowner)), nspowner from shown
    -- What every new database has says nothing.
    where nspname <> 'public' or (select string_agg(case grantee when 0 then 'all' else 'owner' end || ' ' || privilege_type || ' ' || is_grantable, ',' order by grantee, privilege_type) from aclexplode(nspacl))
      is distinct from case when current_setting('server_version_num')::int >= 150000 then 'all USAGE false,owner CREATE false,owner USAGE false' else 'all CREATE false,all USAGE false,owner CREATE false,owner USAGE false' end
  union all
  select 'relation ' || s.nspname || '.' || c.relname, coalesce(c.relacl, acldefault(case c.relkind when 'S' then 's'::"char" else 'r'::"char" end, c.relowner)), c.relowner
  from pg_class c join shown s on s.oid = c.relnamespace where c.relkind in ('r', 'p', 'v', 'm', 'f', 'S') and not exists (select from member m where m.classid = 'pg_class'::regclass and m.objid = c.oid)
  union all
  select 'column ' || s.nspname || '.' || c.relname || '.' || a.attname, a.attacl, c.relowner
  from pg_attribute a join pg_class c on c.oid = a.attrelid join shown s on s.oid = c.relnamespace where a.attacl is not null and not a.attisdropped
  union all
  select 'routine ' || p.oid::regprocedure, coalesce(p.proacl, acldefault('f', p.proowner)), p.proowner
  from pg_proc p join shown s on s.oid = p.pronamespace where not exists (select from member m where m.classid = 'pg_proc'::regclass and m.objid = p.oid)
    and not exists (select from pg_depend e where e.classid = 'pg_proc'::regclass and e.objid = p.oid and e.deptype = 'i')
  union all
  select 'type ' || s.nspname || '.' || t.typname, t.typacl, t.typowner from pg_type t join shown s on s.oid = t.typnamespace
  where (select array_agg(x::text order by x::text) from unnest(t.typacl) x) <> (select array_agg(x::text order by x::text) from unnest(acldefault('T', t.typowner)) x)
)
select line from (
  select 'schema ' || nspname as line from shown where nspname <> 'public'
  union all
  select 'extension ' || extname || ' ' || extversion from pg_extension where extname <> 'plpgsql'
  union all
  select 'relation ' || s.nspname || '.' || c.relname || ' ' || c.relkind::text || c.relpersistence::text || ' rls ' || c.relrowsecurity || ' ' || c.relforcerowsecurity || ' ' || coalesce(array_to_string(c.reloptions, ','), '')
    || ' toast ' || coalesce((select array_to_string(t.reloptions, ',') from pg_class t where t.oid = c.reltoastrelid), '-')
    || ' replica ' || c.relreplident::text || ' in ' || coalesce((select spcname from pg_tablespace t where t.oid = c.reltablespace), '-') || ' by ' || coalesce((select amname from pg_am m where m.oid = c.relam), '-')
    || ' of ' || case when c.reloftype = 0 then '-' else format_type(c.reloftype, null) end
    || ' split ' || coalesce(pg_get_partkeydef(c.oid), '-') || ' part ' || coalesce(pg_get_expr(c.relpartbound, c.oid), '-')
    || ' under ' || coalesce((select string_agg(h.inhparent::regclass::text, ',' order by h.inhseqno) from pg_inherits h where h.inhrelid = c.oid), '-')
  from pg_class c join shown s on s.oid = c.relnamespace where c.relkind <> 't' and not exists (select from pg_depend e where e.classid = 'pg_class'::regclass and e.objid = c.oid and e.deptype = 'i' and c.relkind = 'S') and not exists (select from member m where m.classid = 'pg_class'::regclass and m.objid = c.oid)
  union all
  select 'column ' || s.nspname || '.' || c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || case when a.attnotnull then ' not null' else '' end
    || ' identity(' || a.attidentity::text || ') generated(' || a.attgenerated::text || ') default ' || coalesce(pg_get_expr(d.adbin, d.adrelid), '-')
    || ' collation ' || coalesce((select n.nspname || '.' || l.collname from pg_collation l join pg_namespace n on n.oid = l.collnamespace where l.oid = a.attcollation), '-')
    || case when c.relkind in ('v', 'c') then '' else ' stored ' || a.attstorage::text || ' compressed ' || coalesce(nullif(a.attcompression::text, ''), '-') || ' sampled ' || coalesce(nullif(to_jsonb(a) ->> 'attstattarget', '-1'), '-') || ' ' || coalesce(array_to_string(a.attoptions, ','), '') end
  from pg_attribute a join pg_class c on c.oid = a.attrelid join shown s on s.oid = c.relnamespace
  left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
  where a.attnum > 0 and not a.attisdropped and c.relkind in ('r', 'p', 'v', 'm', 'f', 'c') and not exists (select from member m where m.classid = 'pg_class'::regclass and m.objid = c.oid)
  union all
  select 'constraint ' || coalesce(s.nspname || '.' || c.relname, format_type(nullif(k.contypid, 0), null)) || '.' || k.conname || ' ' || pg_get_constraintdef(k.oid) || ' ' || k.condeferrable || ' ' || k.condeferred || ' ' || k.convalidated
    || ' local ' || k.conislocal
  from pg_constraint k join shown s on s.oid = k.connamespace left join pg_class c on c.oid = k.conrelid where (k.contype not in ('n', 't') or k.contype = 'n' and k.conrelid <> 0 and (k.conname !~ '_not_null[0-9]*$' or k.connoinherit or not k.convalidated))
    and not exists (select from member m where m.classid = 'pg_class'::regclass and m.objid = k.conrelid)
  union all
  select 'index ' || pg_get_indexdef(i.indexrelid) || ' ' || i.indisvalid || ' ' || i.indisprimary || ' ' || i.indisunique || ' ' || i.indimmediate || ' ' || i.indisclustered || ' ' || i.indisreplident
    || ' under ' || coalesce((select h.inhparent::regclass::text from pg_inherits h where h.inhrelid = i.indexrelid), '-')
    || ' sampled ' || coalesce((select string_agg(a.attnum || ':' || (to_jsonb(a) ->> 'attstattarget'), ',' order by a.attnum) from pg_attribute a where a.attrelid = i.indexrelid and nullif(to_jsonb(a) ->> 'attstattarget', '-1') is not null), '-')
  from pg_index i join pg_class c on c.oid = i.indrelid join shown s on s.oid = c.relnamespace where not exists (select from member m where m.classid = 'pg_class'::regclass and m.objid = c.oid)
  union all
  select case when exists (select from pg_depend e where e.classid = 'pg_class'::regclass and e.objid = c.oid and e.deptype = 'i') then 'identity ' else 'sequence ' end || s.nspname || '.' || c.relname || ' ' || format_type(q.seqtypid, null) || ' ' || q.seqstart || ' ' || q.seqincrement || ' ' || q.seqmin || ' ' || q.seqmax || ' ' || q.seqcache || ' ' || q.seqcycle
    || ' of ' || coalesce((select o.relnamespace::regnamespace || '.' || o.relname || '.' || a.attname || ' ' || e.deptype::text from pg_depend e join pg_class o on o.oid = e.refobjid join pg_attribute a on a.attrelid = e.refobjid and a.attnum = e.refobjsubid
        where e.classid = 'pg_class'::regclass and e.objid = c.oid and e.refclassid = 'pg_class'::regclass and e.deptype in ('a', 'i')), '-')
  from pg_sequence q join pg_class c on c.oid = q.seqrelid join shown s on s.oid = c.relnamespace where not exists (select from member m where m.classid = 'pg_class'::regclass and m.objid = c.oid)
  union all
  select 'enum ' || s.nspname || '.' || t.typname || ' ' || coalesce((select string_agg(quote_literal(e.enumlabel), ',' order by e.enumsortorder) from pg_enum e where e.enumtypid = t.oid), '')
  from pg_type t join shown s on s.oid = t.typnamespace where t.typtype = 'e'
  union all
  select 'domain ' || s.nspname || '.' || t.typname || ' ' || format_type(t.typbasetype, t.typtypmod) || ' ' || t.typnotnull || ' ' || coalesce(pg_get_expr(t.typdefaultbin, 0), '-')
    || ' collation ' || coalesce((select n.nspname || '.' || l.collname from pg_collation l join pg_namespace n on n.oid = l.collnamespace where l.oid = t.typcollation), '-')
  from pg_type t join shown s on s.oid = t.typnamespace where t.typtype = 'd'
  union all
  select 'range ' || format_type(r.rngtypid, null) || ' of ' || format_type(r.rngsubtype, null) || ' ' || format_type(r.rngmultitypid, null) || ' ' || r.rngcanonical::text || ' ' || r.rngsubdiff::text
    || ' ' || (select opcname from pg_opclass o where o.oid = r.rngsubopc) || ' ' || coalesce((select collname from pg_collation l where l.oid = r.rngcollation), '-')
  from pg_range r join pg_type t on t.oid = r.rngtypid join shown s on s.oid = t.typnamespace where not exists (select from member m where m.classid = 'pg_type'::regclass and m.objid = t.oid)
  union all
  select 'collation ' || s.nspname || '.' || l.collname || ' ' || (to_jsonb(l) - 'oid' - 'collnamespace' - 'collowner' - 'collversion')::text from pg_collation l join shown s on s.oid = l.collnamespace
  union all
  select 'routine ' || pg_get_functiondef(p.oid)
  from pg_proc p join shown s on s.oid = p.pronamespace where p.prokind in ('f', 'p', 'w') and not exists (select from member m where m.classid = 'pg_proc'::regclass and m.objid = p.oid)
  union all
  select 'aggregate ' || p.oid::regprocedure || ' ' || pg_get_function_arguments(p.oid) || ' ' || p.proparallel::text || ' '
    || a.aggkind::text || ' ' || a.aggnumdirectargs || ' ' || concat_ws(' ', a.aggtransfn::text, a.aggfinalfn::text, a.aggcombinefn::text, a.aggserialfn::text, a.aggdeserialfn::text, a.aggmtransfn::text, a.aggminvtransfn::text, a.aggmfinalfn::text)
    || ' ' || concat_ws(' ', a.aggfinalextra, a.aggmfinalextra, a.aggfinalmodify::text, a.aggmfinalmodify::text, a.aggsortop::regoperator::text, format_type(a.aggtranstype, null), a.aggtransspace, case when a.aggmtranstype <> 0 then format_type(a.aggmtranstype, null) end, a.aggmtransspace)
    || ' ' || coalesce(a.agginitval, '-') || ' ' || coalesce(a.aggminitval, '-')
  from pg_aggregate a join pg_proc p on p.oid = a.aggfnoid join shown s on s.oid = p.pronamespace where not exists (select from member m where m.classid = 'pg_proc'::regclass and m.objid = p.oid)
  union all
  select 'view ' || s.nspname || '.' || c.relname || ' ' || pg_get_viewdef(c.oid) from pg_class c join shown s on s.oid = c.relnamespace where c.relkind in ('v', 'm') and not exists (select from member m where m.classid = 'pg_class'::regclass and m.objid = c.oid)
  union all
  select 'rule ' || pg_get_ruledef(r.oid) || ' ' || r.ev_enabled::text from pg_rewrite r join pg_class c on c.oid = r.ev_class join shown s on s.oid = c.relnamespace where r.rulename <> '_RETURN'
  union all
  select 'trigger ' || pg_get_triggerdef(t.oid) || ' ' || t.tgenabled::text from pg_trigger t join pg_class c on c.oid = t.tgrelid join shown s on s.oid = c.relnamespace where not t.tgisinternal
  union all
  select 'policy ' || p.polrelid::regclass || '.' || p.polname || ' ' || p.polcmd::text || ' ' || p.polpermissive
    || ' to ' || (select string_agg(case when r = 0 then 'public' else pg_get_userbyid(r) end, ',' order by case when r = 0 then 'public' else pg_get_userbyid(r) end) from unnest(p.polroles) r)
    || ' using ' || coalesce(pg_get_expr(p.polqual, p.polrelid), '-') || ' check ' || coalesce(pg_get_expr(p.polwithcheck, p.polrelid), '-')
  from pg_policy p join pg_class c on c.oid = p.polrelid join shown s on s.oid = c.relnamespace
  union all
  select 'statistics ' || regexp_replace(pg_get_statisticsobjdef(x.oid), ' ON .*', '') || ' on ' || x.stxrelid::regclass || ' of ' || coalesce((select string_agg(a.attname, ',' order by a.attname) from pg_attribute a where a.attrelid = x.stxrelid and a.attnum = any(x.stxkeys)), '') || ' ' || coalesce(array_to_string(pg_get_statisticsobjdef_expressions(x.oid), ','), '') || ' ' || coalesce(nullif(to_jsonb(x) ->> 'stxstattarget', '-1'), '-') from pg_statistic_ext x join shown s on s.oid = x.stxnamespace
  union all
  select 'default privilege of ' || pg_get_userbyid(d.defaclrole) || ' in ' || coalesce(s.nspname, '-') || ' on ' || d.defaclobjtype::text || ' to ' || case x.grantee when 0 then 'public' else pg_get_userbyid(x.grantee) end || ' ' || x.privilege_type || ' ' || x.is_grantable
  from pg_default_acl d left join shown s on s.oid = d.defaclnamespace cross join lateral aclexplode(d.defaclacl) x
  union all
  select 'privilege on ' || p.line || ' to ' || case x.grantee when 0 then 'public' when p.owner then 'its owner' else pg_get_userbyid(x.grantee) end || ' ' || x.privilege_type || ' ' || x.is_grantable
  from privilege p cross join lateral aclexplode(p.acl) x
  union all
  select 'comment ' || i.type || ' ' || i.identity || ': ' || d.description
  from pg_description d cross join lateral pg_identify_object(d.classoid::oid, d.objoid, d.objsubid) i
  where (d.objoid >= 16384 or d.classoid = 2615 and d.description <> 'standard public schema') and not exists (select from member m where m.classid = d.classoid and m.objid = d.objoid)
    -- What no line above shows (casts, languages, transforms, event triggers, what is foreign, publications, subscriptions) is not spoken of either.
    and d.classoid not in (2605, 2612, 3576, 3466, 2328, 1417, 6104, 6100)
    and (i.schema is null or i.schema in (select nspname from shown)) and split_part(i.identity, '.', 1) not in ('pg_catalog', 'information_schema') and i.identity !~ '^(pg_|lockstep\.)'
) lines order by line collate "C"
