// Policies, statistics, grants, default privileges, owners: each field is watched.
import { proveDrifts } from './drift.js'
import { defaultPrivileges } from './kinds/default-privileges.js'
import { grants } from './kinds/grants.js'
import { owners } from './kinds/owners.js'
import { policies } from './kinds/policies.js'
import { statistics } from './kinds/statistics.js'

for (const one of [policies, statistics, grants, defaultPrivileges, owners]) proveDrifts(one)
